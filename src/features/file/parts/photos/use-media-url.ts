import type { Space } from '../../../../sync/core/record.ts';
import { useEffect, useState } from 'react';
import { useSyncStatus, useWorkspace } from '../../../../sync/client/react.ts';
import type { Photo } from '../../schema.ts';

export interface Wanted {
  readonly space: Space;
  readonly file: Photo['thumb'];
  readonly type: string;
  /** Whether the file is what its row says that it is: what it begins with is looked at, never its name. */
  readonly isIt: (head: Uint8Array) => boolean;
  /** It is not asked for before this is true. */
  readonly isAsked?: boolean;
}

/** `away`: not to be had now. `wrong`: here, and something else than was said. `refused`: the server gives it to nobody. */
export type MediaUrl = { readonly url: string } | 'away' | 'wrong' | 'refused' | undefined;

/** An address of the file for this page; undefined until it is known whether there is one. */
export function useMediaUrl({ space, file: { id, key, size }, type, isIt, isAsked = true }: Wanted): MediaUrl {
  const { files } = useWorkspace();
  // What was not there may be when the device has heard from the server again.
  const { freshAt, line } = useSyncStatus();
  const [shown, setShown] = useState<MediaUrl>();
  const isSettled = shown !== undefined && shown !== 'away';
  useEffect(() => {
    if (isSettled || !isAsked) return;
    let isWanted = true;
    const look = async (): Promise<void> => {
      const desk = await files();
      const bytes = await desk.open(space, { id, key, size });
      if (!isWanted) return;
      if (bytes === null) setShown('away');
      else if (bytes === 'refused') setShown('refused');
      else if (isIt(bytes)) setShown({ url: URL.createObjectURL(new Blob([bytes], { type })) });
      else setShown('wrong');
    };
    look().catch(() => isWanted && setShown('away'));
    return () => {
      isWanted = false;
    };
  }, [files, space, id, key, size, type, isIt, isAsked, freshAt, line, isSettled]);
  const url = typeof shown === 'object' ? shown.url : undefined;
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  return shown;
}
