import { useEffect, useState } from 'react';
import { useSyncStatus, useWorkspace } from '../../../../sync/client/react.ts';
import { chartOf } from '../../../spaces.ts';
import type { JournalPhoto } from '../../schema.ts';

/** An address of the picture for this page; null where it is not to be had now, undefined until that is known. */
export function usePicture(client: string, { id, key, size }: JournalPhoto['thumb']): string | null | undefined {
  const { files } = useWorkspace();
  // What was not there may be when the device has heard from the server again.
  const { freshAt, line } = useSyncStatus();
  const [shown, setShown] = useState<string | null>();
  useEffect(() => {
    if (shown) return;
    let isWanted = true;
    const look = async (): Promise<void> => {
      const desk = await files();
      const bytes = await desk.open(chartOf(client), { id, key, size });
      if (isWanted) setShown(bytes && URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' })));
    };
    look().catch(() => isWanted && setShown(null));
    return () => {
      isWanted = false;
    };
  }, [files, client, id, key, size, freshAt, line, shown]);
  useEffect(() => () => void (shown && URL.revokeObjectURL(shown)), [shown]);
  return shown;
}
