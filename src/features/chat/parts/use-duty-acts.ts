// What the staff do about a conversation, each with its way back: kept on this device at once, said in a toast.

import type { JsonObject } from '../../../base/json.ts';
import { useWorkspace } from '../../../sync/client/react.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import type { Act } from '../../do-acts.ts';
import { useAuthored } from '../../use-act.ts';
import { useSteps } from '../../use-steps.ts';
import { markRead } from '../mutators.ts';
import type { Trail } from '../doc-trail.ts';
import {
  archive,
  assignReply,
  closeConversation,
  endConversation,
  handOver,
  reopenReply,
  settleReply,
  snoozeReply,
} from '../mutators-review.ts';
import type { ConversationView } from '../queries.ts';
import { answererBefore, answerersOf, asAssigned } from '../queries-duty.ts';
import type { AnsweredConversation, Answerer } from '../queries-duty.ts';
import { isStanding } from '../schema.ts';
import type { Duty } from '../schema-duty.ts';
import type { DutyWord } from '../words/duty/catalogue.ts';

const MORNING = 8;

export function useDutyActs() {
  const words = useWords<DutyWord>();
  const format = useFormat();
  const authored = useAuthored();
  const { reader } = useWorkspace();
  const { state, perform, tell, undoLast } = useSteps(useToast(), {
    undone: words('duty.said.undone'),
    nothing: words('duty.said.nothing'),
  });
  const said = () => {
    const { id: _, ...rest } = authored();
    return rest;
  };
  const onReply = ({ id, client, kind }: AnsweredConversation, { message }: Duty) => ({
    ...{ ...said(), client, kind, message },
    ...(kind === 'direct' && { conversation: id }),
  });
  /** Without a reason it is opened again. */
  const closing = ({ id, client, kind }: ConversationView, reason?: string): Act =>
    isStanding(kind) && client !== undefined
      ? { name: closeConversation.name, args: { ...said(), client, kind, ...(reason !== undefined && { reason }) } }
      : { name: endConversation.name, args: { ...said(), conversation: id, ...(reason !== undefined && { reason }) } };
  /** As it was before: what was settled then stays settled. */
  const reopen = (view: AnsweredConversation, duty: Duty): Act => ({
    name: reopenReply.name,
    args: { ...onReply(view, duty), settled: duty.settledThrough ?? null },
  });
  /** What was dealt with was seen. */
  const seen = (view: ConversationView): Act[] =>
    view.unread === 0 ? [] : [{ name: markRead.name, args: { ...said(), conversation: view.id, others: view.others } }];

  /** Gives it back to who had it, or to nobody. */
  async function assign(view: AnsweredConversation, duty: Duty, of: { to: JsonObject; text: string }): Promise<void> {
    const before = answererBefore(duty, { me: reader.memberId, others: await answerersOf(reader, view) });
    const assignTo = (to: JsonObject): Act => ({ name: assignReply.name, args: { ...onReply(view, duty), ...to } });
    step('assign', view, { acts: [assignTo(of.to)], text: of.text, undo: () => [assignTo(before)] });
  }
  function step(key: string, view: ConversationView, of: { acts: Act[]; text: string; undo?: () => Act[] }): void {
    const { acts, text, undo } = of;
    void perform({ key: `${key} ${view.id}`, acts, said: () => text, undo });
  }
  return {
    state,
    undoLast,
    take(view: AnsweredConversation, duty: Duty) {
      void assign(view, duty, { to: {}, text: words('duty.said.taken') });
    },
    give(view: AnsweredConversation, duty: Duty, to: Answerer) {
      void assign(view, duty, { to: asAssigned(to), text: words('duty.said.given', { name: to.name }) });
    },
    settle(view: AnsweredConversation, duty: Duty, outcome: 'resolved' | 'no-reply') {
      const args = { ...onReply(view, duty), outcome, through: duty.through };
      const text = words(outcome === 'resolved' ? 'duty.said.resolved' : 'duty.said.noReply');
      const acts = [{ name: settleReply.name, args }, ...seen(view)];
      step('settle', view, { acts, text, undo: () => [reopen(view, duty)] });
    },
    snooze(view: AnsweredConversation, duty: Duty, isOff: boolean) {
      const putOff = (until: string): Act[] => [
        { name: snoozeReply.name, args: { ...onReply(view, duty), until, through: duty.through } },
      ];
      if (isOff) {
        const { until: before = '' } = duty;
        const acts = [reopen(view, duty)];
        return step('snooze', view, { acts, text: words('duty.said.woken'), undo: () => putOff(before) });
      }
      if (duty.isRisk) return tell(words('duty.said.crisis'));
      const until = tomorrowMorning();
      const text = words('duty.said.snoozed', { time: format.dateTime(until) });
      return step('snooze', view, { acts: putOff(until), text, undo: () => [reopen(view, duty)] });
    },
    close(view: ConversationView, reason: string) {
      const undo = () => [closing(view)];
      step('close', view, { acts: [closing(view, reason)], text: words('duty.said.closed'), undo });
    },
    open(view: ConversationView) {
      step('close', view, { acts: [closing(view)], text: words('duty.said.reopened') });
    },
    archive(view: ConversationView, isOut: boolean) {
      const put = (through: string | null): Act => ({
        name: archive.name,
        args: { ...said(), conversation: view.id, through },
      });
      const through = view.last?.cameAt ?? said().at;
      const [now, before] = isOut ? [null, through] : [through, null];
      const text = words(isOut ? 'duty.said.unarchived' : 'duty.said.archived');
      step('archive', view, { acts: [put(now)], text, undo: () => [put(before)] });
    },
    /** What has gone over is dealt with here; what has not goes on waiting. */
    handOver(view: AnsweredConversation, { message, quotes, through }: Trail, duty: Duty | undefined) {
      const { client } = view;
      const hand = { name: handOver.name, args: { ...said(), client, message, quotes: [...quotes] } };
      const done = duty &&
        through && {
          name: settleReply.name,
          args: { ...onReply(view, duty), outcome: 'resolved', through },
        };
      step('hand', view, { acts: [hand, ...(done ? [done] : [])], text: words('duty.said.handed') });
    },
  };
}

function tomorrowMorning(): string {
  const time = new Date();
  time.setDate(time.getDate() + 1);
  time.setHours(MORNING, 0, 0, 0);
  return time.toISOString();
}
