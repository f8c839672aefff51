import { clientOfSpace } from '../../features/space-names.ts';
import { useLive } from '../../sync/client/react.ts';

/** The client that this member is, once the device knows its spaces; null where it is none. */
export function useOwnClient(): string | null | undefined {
  return useLive(
    async (reader) => (await reader.spaces()).flatMap((space) => clientOfSpace(space) ?? [])[0] ?? null,
    [],
  );
}
