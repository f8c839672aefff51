// How a safety plan is read: by the client and her care team, from the chart on the device.

import type { Reader } from '../../sync/client/reader.ts';
import { openConflicts } from '../../sync/core/heads.ts';
import type { Row } from '../../sync/core/record.ts';
import { CHAT_SETTING, settingIdOf } from '../chat/schema-setting.ts';
import type { ChatSetting } from '../chat/schema-setting.ts';
import type { Client } from '../client/schema.ts';
import type { Member } from '../member/schema.ts';
import { chartOf } from '../space-names.ts';
import { PLAN_PARTS } from './schema.ts';
import type { PlanPart, PlanParts, SafetyPlan, SafetyPlanRevision } from './schema.ts';

/** What each part says; `null` where it says nothing. Of a question, what came last. */
export type PlanText = Readonly<Record<PlanPart, string | null>>;

export interface PlanVersion {
  readonly by: string;
  readonly at: string;
  readonly value: string | null;
}

/** A part of which two people wrote different things and neither knew of the other. */
export interface PlanQuestion {
  readonly part: PlanPart;
  readonly versions: readonly PlanVersion[];
}

export interface PlanChange {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly parts: PlanParts;
  /** False while only this device knows of it. */
  readonly isSent: boolean;
}

export interface PlanView {
  readonly text: PlanText;
  readonly isEmpty: boolean;
  readonly questions: readonly PlanQuestion[];
  /** All changes, newest first. */
  readonly history: readonly PlanChange[];
  readonly names: ReadonlyMap<string, string>;
  /** How far the device had news when this was read: the ground of whatever is changed on it. */
  readonly cursor: number;
}

/** The plan of one client; `null` where her chart is not this device's to read, or has not come yet. */
export async function planOf(reader: Reader, client: string): Promise<PlanView | null> {
  const cursor = await reader.cursor();
  const row = (await reader.get('safetyPlan', client)) as Row<SafetyPlan> | undefined;
  // Never "no plan" while it may be on its way.
  const isHere = row !== undefined || ((await reader.spaces()).includes(chartOf(client)) && (await reader.isWhole()));
  if (!isHere) return null;
  const text = textOf(row?.fields);
  const questions = questionsOf(row);
  const rows = (await reader.byRef('safetyPlanRevision', [client])) as Row<SafetyPlanRevision>[];
  const history = rows.sort(newestFirst).map(({ id, by, version, fields }) => {
    return { id, by, at: fields.at, parts: fields.parts, isSent: version > 0 };
  });
  const people = [...history, ...questions.flatMap(({ versions }) => versions)].map(({ by }) => by);
  return {
    ...{ text, questions, history, cursor },
    isEmpty: Object.values(text).every((part) => part === null),
    names: await namesOf(reader, { people, client }),
  };
}

/** In how many parts two wordings stand. */
export async function planQuestions(reader: Reader, client: string): Promise<number> {
  return questionsOf((await reader.get('safetyPlan', client)) as Row<SafetyPlan> | undefined).length;
}

const ENDED: readonly Client['status'][] = ['discharged', 'archived', 'deceased'];

/** Whether somebody may be reading what is changed: while she is in care; on her own device, while messages are on. */
export async function isFollowed(reader: Reader, client: string): Promise<boolean> {
  const status = ((await reader.get('client', client)) as Row<Client> | undefined)?.fields.status;
  if (status !== undefined) return !ENDED.includes(status);
  const setting = (await reader.get(CHAT_SETTING, settingIdOf(client))) as Row<ChatSetting> | undefined;
  return !setting?.fields.off;
}

function textOf(fields: SafetyPlan | undefined): PlanText {
  return Object.fromEntries(PLAN_PARTS.map((part) => [part, fields?.[part] ?? null])) as PlanText;
}

function questionsOf(row: Row<SafetyPlan> | undefined): PlanQuestion[] {
  const open = openConflicts(row?.heads);
  return PLAN_PARTS.flatMap((part) => {
    const heads = open.find(({ field }) => field === part)?.heads;
    const versions = heads?.map(({ by, at, value }) => ({ by, at, value: typeof value === 'string' ? value : null }));
    return versions === undefined ? [] : [{ part, versions }];
  });
}

/** Commit order; what is not sent yet came last. */
function newestFirst(a: Row<SafetyPlanRevision>, b: Row<SafetyPlanRevision>): number {
  const order = ({ version }: Row) => (version === 0 ? Number.POSITIVE_INFINITY : version);
  if (a.version !== b.version) return order(a) < order(b) ? 1 : -1;
  return a.fields.at < b.fields.at ? 1 : -1;
}

/** Of staff, and of the client herself where this device knows what she is called. */
async function namesOf(
  reader: Reader,
  { people, client }: { people: readonly string[]; client: string },
): Promise<ReadonlyMap<string, string>> {
  const members = (await reader.many('member', [...new Set(people)])) as Row<Member>[];
  const her = ((await reader.get('client', client)) as Row<Client> | undefined)?.fields;
  return new Map([
    ...members.map(({ id, fields }) => [id, fields.name] as const),
    ...(her?.memberId ? [[her.memberId, her.preferredName ?? her.legalName] as const] : []),
  ]);
}
