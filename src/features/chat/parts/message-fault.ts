import type { ChatMessage } from '../doc-names.ts';
import { fitsMessage } from '../doc-fold.ts';
import { saysSomething } from '../doc-shape.ts';
import type { ChatWord } from '../words/catalogue.ts';

/** Why it cannot be sent as it is. */
export function messageFault(message: ChatMessage): ChatWord | undefined {
  if (!saysSomething(message)) return 'chat.empty.body';
  return fitsMessage(message) ? undefined : 'chat.tooLong';
}
