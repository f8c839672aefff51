import { useLive } from '../../../sync/client/react.ts';

/** As one's messages are signed; undefined for the moment in which it is looked up. */
export function useMe(): string | undefined {
  return useLive((reader) => reader.userId(), []);
}
