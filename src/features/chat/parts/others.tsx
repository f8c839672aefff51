import { useEffect, useMemo, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { usePresence } from '../../../sync/client/react-docs.ts';
import type { Peer } from '../../../sync/client/react-docs.ts';
import { useLive } from '../../../sync/client/react.ts';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { staffNames } from '../queries.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { alsoHere, createTypingTeller, SHOWN_MS, typing } from './typing.ts';
import type { Around, Said } from './typing.ts';
import { useMe } from './use-me.ts';
import { useTypingSetting } from './use-typing-setting.ts';
import './others.css';

export interface OthersProps {
  /** The document whose readers these are. */
  document: string;
  /** How the client is called to those who are not her. */
  clientName: string;
  /** Where one writes. */
  children: ReactNode;
}

/** Over the place where one writes: who has the conversation open too, for the staff, and who of the other side is writing. */
export function Others({ document, clientName, children }: OthersProps) {
  const words = useWords<ChatWord>();
  const format = useFormat();
  const around = useAround();
  const { isShown } = useTypingSetting();
  const { peers, say } = usePresence(document);
  const now = useNowWhileTyping(peers);
  const isStaff = around !== undefined && around.staff.has(around.me);
  const teller = useTeller(say, { isStaff, isAllowed: isShown === true });
  const here = around ? alsoHere(peers, around) : [];
  const writing = around && isShown ? typing(peers, around, now) : [];
  const wordsOf = (word: 'chat.here' | 'chat.typing', users: readonly string[]) => {
    const names = users.map((user) => around?.staff.get(user) ?? clientName);
    return names.length > 0 && words(word, { names: format.list(names), count: names.length });
  };
  const onInput = ({ target }: FormEvent) => {
    if (target instanceof HTMLTextAreaElement) teller.typed(target.value);
  };
  return (
    <div onInput={onInput} onBlur={teller.stop} onSubmit={teller.stop}>
      {isStaff && <Line>{wordsOf('chat.here', here)}</Line>}
      <Line>{wordsOf('chat.typing', writing)}</Line>
      {children}
    </div>
  );
}

/** Said by a screen reader when it has nothing else to say. */
function Line({ children }: { children: ReactNode }) {
  return (
    <p className="chat-others ui-muted" aria-live="polite">
      {children}
    </p>
  );
}

function useAround(): Around | undefined {
  const me = useMe();
  const staff = useLive(staffNames, []);
  return useMemo(() => (me === undefined || staff === undefined ? undefined : { me, staff }), [me, staff]);
}

/** The time as far as it matters to who is shown as writing. */
function useNowWhileTyping(peers: readonly Peer[]): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    const ends = peers.map(({ heardAt }) => heardAt + SHOWN_MS).filter((end) => end > now);
    if (ends.length === 0) return undefined;
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, Math.min(...ends) - Date.now()));
    return () => clearTimeout(timer);
  }, [peers, now]);
  return now;
}

/** Says that the page is there, where it is one of the staff's, and that somebody writes, where he wants that to be seen. */
function useTeller(say: (said: Said | null) => void, { isStaff, isAllowed }: { isStaff: boolean; isAllowed: boolean }) {
  const teller = useMemo(() => {
    const isThere: Said = isStaff ? { here: true } : {};
    const sayOf = (isTyping: boolean) => (isTyping ? { ...isThere, typing: true as const } : isStaff ? isThere : null);
    const telling = createTypingTeller((isTyping) => say(sayOf(isTyping && isAllowed)));
    return { ...telling, begin: () => say(sayOf(false)) };
  }, [say, isStaff, isAllowed]);
  useEffect(() => {
    teller.begin();
    return () => teller.stop();
  }, [teller]);
  return teller;
}
