// What a provider does about an entry, each with its way back: kept on this device at once, said in a toast, undone from there
// or with a key.

import { useWorkspace } from '../../../sync/client/react.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { useAuthored } from '../../use-act.ts';
import {
  markNoReply,
  markSeen,
  react,
  snoozeEntry,
  takeBackReview,
  wakeEntry,
  withdrawReaction,
} from '../mutators-review.ts';
import type { EntryView } from '../queries.ts';
import { readSoFarOf } from '../schema.ts';
import type { Marks } from '../queries-inbox.ts';
import type { ReactionName } from '../schema.ts';
import type { JournalWord } from '../words/catalogue.ts';
import type { ReviewWord } from '../words/review/catalogue.ts';
import type { Batch } from './batch.ts';
import type { Act } from '../../do-acts.ts';
import { isRisk } from './inbox-order.ts';
import { useSteps } from '../../use-steps.ts';

const MORNING = 8;

/** What ends the task that a flag made, and takes its end back: acts of the noun whose row it is, named by the app. */
export interface TaskActs {
  readonly cancel: string;
  readonly reopen: string;
}

export interface ReviewActsOptions {
  readonly tasks: TaskActs;
  /** Is told of entries that something was done about. */
  readonly onHandled: (entries: readonly string[]) => void;
}

export function useReviewActs({ tasks, onHandled }: ReviewActsOptions) {
  const { memberId } = useWorkspace().reader;
  const words = useWords<JournalWord | ReviewWord>();
  const format = useFormat();
  const authored = useAuthored();
  const { state, perform, tell, undoLast } = useSteps(useToast(), {
    undone: words('journal.said.undone'),
    nothing: words('journal.said.nothing'),
  });
  const said = useBatchWords();

  const onEntry = (entry: EntryView) => ({
    ...authored(),
    client: entry.client,
    entry: entry.id,
    ...readSoFarOf(entry),
  });
  const named = (entry: EntryView, id: string) => ({ ...authored(), client: entry.client, id });
  const takeBack = (entry: EntryView, id: string): Act => ({ name: takeBackReview.name, args: named(entry, id) });

  function seen(batch: Pick<Batch, 'entries'> & Partial<Batch>): void {
    const entries = batch.entries.filter(({ news }) => news !== null);
    const made = entries.map((entry) => ({ entry, args: onEntry(entry) }));
    if (made.length === 0) return;
    onHandled(entries.map(({ id }) => id));
    void perform({
      key: `seen ${entries.map(({ id }) => id).join(' ')}`,
      acts: made.map(({ args }) => ({ name: markSeen.name, args })),
      said: (done) => (batch.left === undefined ? words('journal.said.seen') : said(done, batch.left)),
      undo: (done) => made.slice(0, done).map(({ entry, args }) => takeBack(entry, args.id)),
    });
  }
  function noReply(entry: EntryView): void {
    const args = onEntry(entry);
    onHandled([entry.id]);
    void perform({
      key: `seen ${entry.id}`,
      acts: [{ name: markNoReply.name, args }],
      said: () => words('journal.said.noReply'),
      undo: () => [takeBack(entry, args.id)],
    });
  }
  /** The same one again takes it back. */
  function toggleReaction(entry: EntryView, reaction: ReactionName): void {
    const own = entry.reactions.find((one) => one.by === memberId && one.reaction === reaction);
    const add = (): Act & { args: { id: string } } => ({ name: react.name, args: { ...onEntry(entry), reaction } });
    const withdraw = (id: string): Act => ({ name: withdrawReaction.name, args: named(entry, id) });
    const added = add();
    onHandled([entry.id]);
    void perform({
      key: `react ${reaction} ${entry.id}`,
      acts: [own ? withdraw(own.id) : added],
      said: () =>
        words(own ? 'journal.said.withdraw' : 'journal.said.react', {
          reaction: words(`journal.reaction.${reaction}`),
        }),
      undo: () => [own ? add() : withdraw(added.args.id)],
    });
  }
  function snooze(entry: EntryView, marks: Marks | undefined): void {
    const putOff = (until: string): Act & { args: { id: string } } => {
      const { client: _, ...args } = onEntry(entry);
      return { name: snoozeEntry.name, args: { ...args, until } };
    };
    const wake = (id: string): Act => ({ name: wakeEntry.name, args: { ...authored(), id } });
    const snoozed = marks?.snooze;
    if (snoozed === undefined && isRisk(entry)) return tell(words('journal.said.crisis'));
    const until = tomorrowMorning();
    const added = putOff(until);
    onHandled([entry.id]);
    void perform({
      key: `snooze ${entry.id}`,
      acts: [snoozed ? wake(snoozed.id) : added],
      said: () =>
        snoozed ? words('journal.said.wake') : words('journal.said.snooze', { time: format.dateTime(until) }),
      undo: () => [snoozed ? putOff(snoozed.until) : wake(added.args.id)],
    });
  }
  function unflag(entry: EntryView, task: string): void {
    void perform({
      key: `flag ${entry.id}`,
      acts: [{ name: tasks.cancel, args: named(entry, task) }],
      said: () => words('journal.said.unflag'),
      undo: () => [{ name: tasks.reopen, args: named(entry, task) }],
    });
  }
  /** A flag was made in its form. */
  function flagged(entry: EntryView, task: string): void {
    onHandled([entry.id]);
    const undo = () => [{ name: tasks.cancel, args: named(entry, task) }];
    void perform({ key: `flag ${entry.id}`, acts: [], isMade: true, said: () => words('journal.said.flag'), undo });
  }
  /** It was given to somebody: whoever gives it has seen it. */
  function delegated(entry: EntryView, { task, name }: { task: string; name: string }): void {
    const args = onEntry(entry);
    const isNew = entry.news !== null;
    onHandled([entry.id]);
    void perform({
      key: `delegate ${entry.id}`,
      acts: isNew ? [{ name: markSeen.name, args }] : [],
      isMade: true,
      said: () => words('journal.said.delegate', { name }),
      undo: (done) => [
        { name: tasks.cancel, args: named(entry, task) },
        ...(done > 0 ? [takeBack(entry, args.id)] : []),
      ],
    });
  }
  return { state, seen, noReply, toggleReaction, snooze, unflag, flagged, delegated, undoLast };
}

export type ReviewActs = ReturnType<typeof useReviewActs>;

/** How many, and what was left out and why. */
function useBatchWords(): (count: number, left: Batch['left']) => string {
  const words = useWords<ReviewWord>();
  const format = useFormat();
  return (count, left) => {
    const done = words('journal.batch.said', { count });
    if (left.length === 0) return done;
    const what = format.list(left.map(([reason, number]) => words(`journal.batch.left.${reason}`, { count: number })));
    return `${done} ${words('journal.batch.left', { what })}`;
  };
}

function tomorrowMorning(): string {
  const time = new Date();
  time.setDate(time.getDate() + 1);
  time.setHours(MORNING, 0, 0, 0);
  return time.toISOString();
}
