import { useLive } from '../../../sync/client/react.ts';
import { chartOf } from '../../space-names.ts';

/**
 * Whether what is sensitive is kept from the reader of this chart. Strict until it is known, so that nothing appears for a
 * moment that must not; `isKnown` says that the server has answered.
 */
export function useStrict(client: string): { isStrict: boolean; isKnown: boolean } {
  const space = chartOf(client);
  const read = useLive(
    async (reader) => ({
      space,
      isStrict: await reader.isStrict(space),
      isKnown: (await reader.spaces()).includes(space),
    }),
    [space],
  );
  return read?.space === space ? read : { isStrict: true, isKnown: false };
}
