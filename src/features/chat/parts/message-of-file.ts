// Which message names a file that waits on this device, to be said of it that the file will not come.

import type { Reader } from '../../../sync/client/reader.ts';
import type { Space } from '../../../sync/core/record.ts';
import { fileIdsOf } from '../../file/schema.ts';
import type { Medium } from '../../file/schema.ts';
import { messagesOf } from '../doc-fold.ts';
import type { ChatItem, ReadDoc } from '../doc-fold.ts';
import { partOf } from '../doc-parts.ts';
import { allConversations } from '../queries.ts';

export interface MessagePlace {
  readonly document: string;
  readonly item: ChatItem;
  readonly medium: Medium;
}

interface Ground {
  readonly reader: Reader;
  /** What is on this device of a document. */
  readonly read: (document: string) => Promise<ReadDoc>;
}

/** Null where no message of the space's conversations that is on this device names it. */
export async function messageOfFile(
  { reader, read }: Ground,
  { space, file }: { space: Space; file: string },
): Promise<MessagePlace | null> {
  for (const conversation of (await allConversations(reader)).filter((one) => one.space === space)) {
    for (let segment = conversation.segment; segment >= 1; segment -= 1) {
      const document = partOf(conversation.id, segment);
      for (const item of messagesOf(await read(document))) {
        const medium = item.media.find((one) => fileIdsOf([one]).includes(file));
        if (medium) return { document, item, medium };
      }
    }
  }
  return null;
}
