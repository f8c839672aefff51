import { useMemo } from 'react';
import { chartOf, userOf } from '../../features/space-names.ts';
import { useWorkspace } from '../../sync/client/react.ts';
import { useOwnClient } from '../client/own-chart.ts';
import { ENTRY, plainOf, REVISION } from '../private/views.ts';
import { ExportSection } from './export-section.tsx';
import { KeepMedia } from './keep-media.tsx';

/** A client's own chart, and what she alone can read; nothing for who has none. */
export default function OwnExport() {
  const client = useOwnClient();
  const { reader } = useWorkspace();
  const own = useMemo(
    () => ({
      space: userOf(reader.memberId),
      types: [ENTRY, REVISION],
      open: (row: Parameters<typeof plainOf>[1]) => plainOf(reader, row),
    }),
    [reader],
  );
  if (!client) return null;
  return (
    <>
      <KeepMedia spaces={[chartOf(client)]} />
      <ExportSection client={client} spaces={[chartOf(client)]} own={own} />
    </>
  );
}
