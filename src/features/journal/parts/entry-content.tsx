import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { SENSITIVE_MEMBERS } from '../schema.ts';
import type { JournalContent } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { isMood, MoodFace } from './journal-icon.tsx';
import { Photos } from './photos/late-photos.tsx';
import './entry-content.css';

const WORST = 10;

interface EntryContentProps {
  content: JournalContent;
  /** Whose chart it stands in. */
  client: string;
  clamped?: boolean;
}

/** What was written: the answers that its kind asks for, then the words, in full or cut for the eye. */
export function EntryContent({ content, client, clamped = false }: EntryContentProps) {
  return (
    <div className={clamped ? 'journal-content journal-content-clamped' : 'journal-content'}>
      <Answers content={content} />
      {content.text.trim() !== '' && <UserText>{content.text}</UserText>}
      {content.media && <Photos client={client} media={content.media} opens={!clamped} />}
    </div>
  );
}

function Answers({ content }: { content: JournalContent }) {
  const words = useWords<JournalWord>();
  const { meal, mood, severity } = content;
  const numbers = SENSITIVE_MEMBERS.filter((member) => content[member] !== undefined);
  if (meal === undefined && !isMood(mood) && severity === undefined && numbers.length === 0) return null;
  return (
    <p className="journal-answers">
      {meal && <span>{words(`journal.meal.${meal}`)}</span>}
      {isMood(mood) && (
        <span className="journal-answer-mood">
          <MoodFace mood={mood} /> {words(`journal.mood.${mood}`)}
        </span>
      )}
      {severity !== undefined && <span>{words('journal.severity.of', { severity, max: WORST })}</span>}
      {numbers.map((member) => (
        <span key={member}>{words(`journal.of.${member}`, { number: content[member] ?? 0 })}</span>
      ))}
    </p>
  );
}
