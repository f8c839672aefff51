import { chartOf } from '../../features/spaces.ts';
import { useOwnClient } from '../client/own-chart.ts';
import { ExportSection } from './export-section.tsx';

/** A client's own chart; nothing for who has none. */
export default function OwnExport() {
  const client = useOwnClient();
  return client ? <ExportSection client={client} spaces={[chartOf(client)]} /> : null;
}
