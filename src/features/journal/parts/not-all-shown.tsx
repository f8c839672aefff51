import { useWords } from '../../../ui/words.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { useStrict } from './use-strict.ts';

/** A client is told that something is kept from the screen, and how to get it; never what. */
export function NotAllShown({ client }: { client: string }) {
  const words = useWords<JournalWord>();
  const { isStrict, isKnown } = useStrict(client);
  if (!isKnown || !isStrict) return null;
  return <p className="ui-muted">{words('journal.notAll')}</p>;
}
