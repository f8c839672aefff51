// A made-up text to many, for tests.

import type { Broadcast } from './schema.ts';

export function broadcastSample(
  recipients: readonly string[],
  body = 'We are closed on Friday.',
): Pick<Broadcast, 'body' | 'kind' | 'audience' | 'recipients'> {
  return { body, kind: 'care-team', audience: 'chosen', recipients: [...recipients] };
}
