import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import type { EntryView } from '../queries.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { useNameOf } from './comments.tsx';
import './reactions.css';

/** What the care team said with one word, and who. */
export function Reactions({ entry, names }: { entry: EntryView; names: ReadonlyMap<string, string> }) {
  const words = useWords<JournalWord>();
  const nameOf = useNameOf(names);
  if (entry.reactions.length === 0) return null;
  return (
    <ul className="journal-reactions" role="list">
      {entry.reactions.map(({ id, by, reaction }) => (
        <li key={id}>
          <strong>{words(`journal.reaction.${reaction}`)}</strong>
          <span className="ui-muted">
            <UserName>{nameOf(by)}</UserName>
          </span>
        </li>
      ))}
    </ul>
  );
}
