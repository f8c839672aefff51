import type { ReactNode } from 'react';
import { useFormat } from '../../../ui/use-format.ts';
import { UserName, UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { QUESTION_NAMES, QUESTIONS } from '../../entry-kind/schema.ts';
import type { QuestionName } from '../../entry-kind/schema.ts';
import type { KindWord } from '../../entry-kind/words/catalogue.ts';
import type { JournalContent, OwnAnswers } from '../schema.ts';
import { FaceIcon, isFace } from './journal-icon.tsx';
import { useOwnQuestions } from './use-kinds.ts';
import { Media } from './late-media.tsx';
import './entry-content.css';

interface EntryContentProps {
  content: JournalContent;
  /** Whose chart it stands in. */
  client: string;
  clamped?: boolean;
}

/** What was written: the answers that its kind asks for, then the words, in full or cut for the eye. */
export function EntryContent({ content, client, clamped = false }: EntryContentProps) {
  const { text, own, ownSensitive, media, ...answers } = content;
  const answered = QUESTION_NAMES.filter((name) => answers[name] !== undefined);
  return (
    <div className={clamped ? 'journal-content journal-content-clamped' : 'journal-content'}>
      {answered.length > 0 && (
        <p className="journal-answers">
          {answered.map((name) => (
            <Answer key={name} name={name} answer={answers[name] ?? ''} />
          ))}
        </p>
      )}
      {(own ?? ownSensitive) && <OwnAnswersSaid answers={{ ...own, ...ownSensitive }} />}
      {text.trim() !== '' && <UserText>{text}</UserText>}
      {media && <Media client={client} media={media} opens={!clamped} />}
    </div>
  );
}

function Answer({ name, answer }: { name: QuestionName; answer: string | number }): ReactNode {
  const words = useWords<KindWord>();
  const question = QUESTIONS[name];
  if (question.is === 'line') return <UserName>{String(answer)}</UserName>;
  if (question.is === 'faces') return isFace(answer) ? <Face name={name} face={answer} /> : null;
  if (question.is !== 'choice') return <span>{words(`kind.said.${name}` as KindWord, { answer })}</span>;
  // "Yes" alone would say nothing.
  const said = name === 'acted' ? `kind.said.acted.${answer}` : `kind.choice.${name}.${answer}`;
  return <span>{words(said as KindWord)}</span>;
}

function Face({ name, face }: { name: QuestionName; face: 1 | 2 | 3 | 4 | 5 }) {
  const words = useWords<KindWord>();
  return (
    <span className="journal-answer-face">
      <FaceIcon face={face} /> {words(`kind.face.${name}.${face}` as KindWord)}
    </span>
  );
}

function OwnAnswersSaid({ answers }: { answers: OwnAnswers }) {
  const words = useWords<KindWord>();
  const format = useFormat();
  const questions = useOwnQuestions();
  return (
    <p className="journal-answers">
      {Object.entries(answers).map(([key, answer]) => {
        const question = questions.get(key);
        const number = typeof answer === 'number' ? format.number(answer) : answer;
        const said = question?.unit === undefined ? number : `${number} ${question.unit}`;
        return (
          <span key={key}>
            {words('kind.said.own', { question: question?.label ?? words('kind.gone'), answer: said })}
          </span>
        );
      })}
    </p>
  );
}
