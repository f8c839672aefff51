import { useEffect, useState } from 'react';
import { useWorkspace } from '../../../sync/client/react.ts';
import type { Reader } from '../../../sync/client/reader.ts';

/**
 * What a read of many rows says at the moment: not live, since what is done with a thousand clients would have it done a thousand times.
 * What has changed meanwhile the acts find out. `read` is to be the same function for the same question.
 */
export function useOnce<T>(read: (reader: Reader) => Promise<T>): T | undefined | 'failed' {
  const { reader } = useWorkspace();
  const [answer, setAnswer] = useState<{ of: unknown; value: T | 'failed' }>();
  useEffect(() => {
    let isWanted = true;
    read(reader).then(
      (value) => isWanted && setAnswer({ of: read, value }),
      () => isWanted && setAnswer({ of: read, value: 'failed' }),
    );
    return () => void (isWanted = false);
  }, [reader, read]);
  return answer?.of === read ? answer.value : undefined;
}
