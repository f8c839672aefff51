// Open documents on the page's line while somebody looks at the page. The code for it is fetched with the first one that is opened.

import type { Channels, ChannelLine } from './doc-channels.ts';
import { onOpened, openedBy } from './doc-opened.ts';
import type { Desk } from './mutate.ts';

/** What the line tells. */
export interface DocLine {
  /** It is open and the server knows who listens. */
  ready(): void;
  lost(): void;
  text(data: unknown): void;
  bytes(data: Uint8Array): void;
  /** Whether somebody looks at the page has changed. */
  look(): void;
  stop(): void;
}

/** `ask`: there may be something to fetch; `isSeen`: whether somebody looks at the page. */
export function documentsOnLine(
  desk: Desk,
  line: ChannelLine,
  { ask, isSeen }: { ask: () => void; isSeen: () => boolean },
): DocLine {
  let isUp = false;
  let isStopped = false;
  let isLoading = false;
  let channels: Channels | undefined;

  async function load(): Promise<void> {
    if (isLoading) return;
    isLoading = true;
    try {
      const { Channels: Loaded } = await import('./doc-channels.ts');
      channels = new Loaded(desk, line, ask);
    } catch {
      // Without it all comes as ever, only later; the next document that is opened tries again.
      return;
    } finally {
      isLoading = false;
    }
    look();
  }

  function look(): void {
    if (channels !== undefined) channels.look(isUp && isSeen() && !isStopped);
    else if (isUp && !isStopped && openedBy(desk).size > 0) void load();
  }

  const stopListening = onOpened(desk, (news) => {
    if (news === 'fetched') channels?.fetched();
    look();
  });
  return {
    ready() {
      isUp = true;
      look();
    },
    lost() {
      isUp = false;
      channels?.lost();
    },
    text: (data) => channels?.text(data),
    bytes: (data) => channels?.bytes(data),
    look,
    stop() {
      isStopped = true;
      stopListening();
      channels?.lost();
    },
  };
}
