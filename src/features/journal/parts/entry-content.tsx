import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { SENSITIVE_MEMBERS } from '../schema.ts';
import type { JournalContent } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';
import { isMood, MoodFace } from './journal-icon.tsx';
import './entry-content.css';

const WORST = 10;

/** What was written: the answers that its kind asks for, then the words, in full or cut for the eye. */
export function EntryContent({ content, clamped = false }: { content: JournalContent; clamped?: boolean }) {
  return (
    <div className={clamped ? 'journal-content journal-content-clamped' : 'journal-content'}>
      <Answers content={content} />
      {content.text.trim() !== '' && <UserText>{content.text}</UserText>}
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
