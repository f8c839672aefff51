import { chartOf } from '../../features/spaces.ts';
import { useOwnClient } from '../client/own-chart.ts';
import { ExportSection } from './export-section.tsx';
import { KeepMedia } from './keep-media.tsx';

/** A client's own chart; nothing for who has none. */
export default function OwnExport() {
  const client = useOwnClient();
  if (!client) return null;
  return (
    <>
      <KeepMedia spaces={[chartOf(client)]} />
      <ExportSection client={client} spaces={[chartOf(client)]} />
    </>
  );
}
