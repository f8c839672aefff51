// A made-up message for later, for tests: to a client, in the conversation with her care team.

import { conversationIdOf } from '../chat/schema.ts';

export function scheduledSample(client: string, sendAt: string, body = 'How did the first week go?') {
  return { kind: 'care-team' as const, client, conversation: conversationIdOf(client, 'care-team'), body, sendAt };
}
