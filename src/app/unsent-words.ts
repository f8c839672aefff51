// How an act is named to the person who did it, and which of its arguments are that person's own words.

import type { Json, JsonObject } from '../base/json.ts';
import type { Mutation } from '../sync/core/mutation.ts';
import { useLive } from '../sync/client/react.ts';
import { useWords } from '../ui/words.ts';
import type { SummaryWord } from '../features/chart-summary/words/catalogue.ts';
import { wordsOfPrivate } from './private/views.ts';
import type { RareWord } from './rare/words/catalogue.ts';
import type { AppWord } from './words/catalogue.ts';

const NAMED = [
  'chat.open',
  'chat.markRead',
  'chat.putBack',
  'chat.saveReply',
  'chat.removeReply',
  'chat.assignReply',
  'chat.snoozeReply',
  'chat.settleReply',
  'chat.reopenReply',
  'chat.close',
  'chat.archive',
  'chat.handOver',
  'chat.begin',
  'chat.end',
  'chat.decideBegin',
  'chat.turnOff',
  'chat.join',
  'chat.leave',
  'chat.ask',
  'chat.takeIn',
  'chat.takeOut',
  'officeHours.decide',
  'away.choose',
  'client.addClient',
  'client.changeClient',
  'client.changePrimary',
  'client.changeStatus',
  'client.pauseContact',
  'cover.ask',
  'cover.answer',
  'cover.end',
  'cover.resume',
  'invitation.invite',
  'invitation.revoke',
  'automation.decide',
  'savedView.keep',
  'savedView.remove',
  'scheduledMessage.plan',
  'scheduledMessage.change',
  'scheduledMessage.sendNow',
  'scheduledMessage.cancel',
  'scheduledMessage.restore',
  'broadcast.confirm',
  'broadcast.cancel',
  'welcome.wordWelcome',
  'notification.choose',
  'sync.update',
  'journal.addEntry',
  'journal.reviseEntry',
  'journal.addComment',
  'journal.giveUpFile',
  'journal.markSeen',
  'journal.react',
  'journal.withdrawReaction',
  'journal.takeBackReview',
  'journal.markNoReply',
  'journal.flagEntry',
  'journal.delegateEntry',
  'journal.snoozeEntry',
  'journal.wakeEntry',
  'journal.chooseReceipts',
  'task.startTask',
  'task.completeTask',
  'task.cancelTask',
  'task.reopenTask',
  'entryKind.decideKind',
  'contact.addContact',
  'contact.changeContact',
  'contact.removeContact',
  'contact.restoreContact',
  'privateEntry.addEntry',
  'privateEntry.reviseEntry',
  'privateEntry.removeEntry',
  'privateEntry.changeWraps',
  'protection.setProtection',
  'protection.liftProtection',
  'chartSummary.addItem',
  'chartSummary.changeItem',
  'chartSummary.sayNone',
  'safetyPlan.changePlan',
] as const;

export function useActName(): (name: string) => string {
  const words = useWords<AppWord | RareWord>();
  return (name) => words(wordOfAct(name));
}

/** The word by which an act is named; of what this release does not know, that it was something. */
export function wordOfAct(name: string): AppWord | RareWord {
  const known = NAMED.find((one) => one === name);
  return known === undefined ? 'app.notSent.other' : `app.notSent.${known}`;
}

/** What the person wrote in it, also where it is sealed under her own key, which is open here. */
export function useSaid(mutation: Mutation | null | undefined): string | undefined {
  const words = useWords<SummaryWord>();
  const opened = useLive((reader) => wordsOfPrivate(reader, mutation ?? null), [mutation]);
  return mutation ? (wordsOf(mutation, words) ?? opened ?? undefined) : undefined;
}

/** What the person wrote in it; undefined where it has no words. */
export function wordsOf(
  { name, args }: Pick<Mutation, 'args'> & { readonly name?: string },
  words?: (word: SummaryWord) => string,
): string | undefined {
  if (words && name?.startsWith('chartSummary.')) return summaryTextOf(args, words);
  const { content, body, reason, note, topic, changes, details, item, seen, intent } = args;
  // What was said in a conversation.
  const message = isObject(intent) && isObject(intent['say']) ? intent['say']['body'] : undefined;
  const plain = [message, body, reason, note, topic].find(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  );
  if (plain !== undefined) return plain;
  const isContent = isObject(content) && typeof content['text'] === 'string' && content['text'] !== '';
  if (isContent) return String(content['text']);
  const parts = [changes, details, item, seen].find(isObject);
  return parts ? textsOf(parts) : toClientsOf(args);
}

/** Of what is chosen from a list all too: a dose without what it is of, or that it is stopped, can be told to nobody. */
function summaryTextOf({ item, section, none }: JsonObject, words: (word: SummaryWord) => string): string | undefined {
  const isSection = (value: Json | undefined) => SECTIONS.find((one) => one === value);
  const of = isSection(section);
  if (of !== undefined) {
    const text = words(`chartSummary.none.${of}`);
    return none === false ? `${words('chartSummary.takeBack')}: ${text}` : text;
  }
  if (!isObject(item)) return undefined;
  const kind = isSection(item['type']);
  const chosen = [
    CRITICALITIES_SAID.find((word) => word === `chartSummary.criticality.${String(item['criticality'])}`),
    STATUSES_SAID.find((word) => word === `chartSummary.status.${String(item['status'])}`),
  ];
  const said = chosen.flatMap((word) => (word === undefined ? [] : [words(word)]));
  return linesOf([kind && words(`chartSummary.${kind}`), textsOf(item), ...said]);
}

const SECTIONS = ['allergyIntolerance', 'medicationStatement', 'condition'] as const;
const CRITICALITIES_SAID = [
  'chartSummary.criticality.high',
  'chartSummary.criticality.low',
  'chartSummary.criticality.unable-to-assess',
] as const;
const STATUSES_SAID = [
  'chartSummary.status.active',
  'chartSummary.status.resolved',
  'chartSummary.status.stopped',
  'chartSummary.status.entered-in-error',
] as const;

/** What is said to clients by itself: as somebody is away, as they come, and beside what they write; one a line. */
function toClientsOf({ setting, welcome, hours, rule }: JsonObject): string | undefined {
  const { once, weekly } = isObject(setting) ? setting : {};
  const texts = [once, weekly, welcome].map((part) => (isObject(part) ? part['text'] : undefined));
  const told = isObject(rule) ? rule['body'] : undefined;
  const guidelines = isObject(hours) && isObject(hours['guidelines']) ? hours['guidelines'] : {};
  return linesOf([...texts, told, ...Object.values(guidelines)]);
}

/** The words of a contact, a plan or a summary, one a line; what was chosen from a list is no word of the person's. */
const textsOf = ({
  kind: _,
  type: _type,
  status: _status,
  criticality: _criticality,
  ...parts
}: JsonObject): string | undefined => linesOf(Object.values(parts));

function linesOf(parts: readonly (Json | undefined)[]): string | undefined {
  const texts = parts.filter((text) => typeof text === 'string');
  return texts.length > 0 ? texts.join('\n') : undefined;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
