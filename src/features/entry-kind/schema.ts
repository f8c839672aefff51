// The kinds of journal entries as data: which questions each asks, in which order, in which units, and which answers are kept from
// a protected client. Forms, lists, checks and drafts are drawn from these tables; a practice switches kinds and questions on and
// off and adds its own.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, words } from '../fields.ts';

/** `line`: a few words. `faces`: 1 (very low) to 5 (very good). A choice stands by the name of what was chosen. */
export type Question =
  | { readonly is: 'choice'; readonly of: readonly string[] }
  | { readonly is: 'scale'; readonly least: number; readonly most: number }
  | { readonly is: 'faces' }
  | { readonly is: 'line'; readonly longest: number }
  | {
      readonly is: 'number';
      readonly least: number;
      readonly most: number;
      readonly step: number;
      /** UCUM. */
      readonly unit: string;
      /** Kept from a protected client (practice.md 4). */
      readonly sensitive?: true;
    };

const choice = <const Of extends readonly string[]>(...of: Of) => ({ is: 'choice', of }) as const;
const scale = (least: number, most: number) => ({ is: 'scale', least, most }) as const;
const faces = { is: 'faces' } as const;
export const FACES_MOST = 5;
const line = (longest: number) => ({ is: 'line', longest }) as const;
const number = <const Of extends { least: number; most: number; unit: string; step: number }>(of: Of) =>
  ({ is: 'number', ...of }) as const;
/** A number that is kept from a protected client. */
const hidden = <const Of extends Parameters<typeof number>[0]>(of: Of) =>
  ({ is: 'number', ...of, sensitive: true }) as const;

/** Every question there is, by the name of its answer in what is written. Names are for ever. */
export const QUESTIONS = {
  meal: choice('breakfast', 'lunch', 'dinner', 'snack'),
  hunger: scale(1, 10),
  energyKcal: hidden({ least: 0, most: 20_000, unit: 'kcal', step: 1 }),
  portionG: hidden({ least: 0, most: 20_000, unit: 'g', step: 1 }),
  mood: faces,
  severity: scale(0, 10),
  weightKg: hidden({ least: 1, most: 700, unit: 'kg', step: 0.1 }),
  activity: choice('walk', 'run', 'bike', 'swim', 'strength', 'stretch', 'sport', 'other'),
  durationMin: number({ least: 1, most: 1440, unit: 'min', step: 1 }),
  effort: scale(1, 10),
  exerciseKcal: hidden({ least: 0, most: 20_000, unit: 'kcal', step: 1 }),
  volumeMl: number({ least: 1, most: 20_000, unit: 'mL', step: 1 }),
  sleepH: number({ least: 0, most: 24, unit: 'h', step: 0.25 }),
  restful: faces,
  wakings: number({ least: 0, most: 100, unit: '1', step: 1 }),
  stool: choice('type1', 'type2', 'type3', 'type4', 'type5', 'type6', 'type7'),
  medicine: line(200),
  taken: choice('onTime', 'late', 'no'),
  urge: scale(0, 10),
  acted: choice('no', 'partly', 'yes'),
} as const satisfies Record<string, Question>;
export type QuestionName = keyof typeof QUESTIONS;
export const QUESTION_NAMES = Object.keys(QUESTIONS) as QuestionName[];

export type SensitiveName = {
  [Name in QuestionName]: (typeof QUESTIONS)[Name] extends { sensitive: true } ? Name : never;
}[QuestionName];
export const isSensitive = (name: QuestionName): name is SensitiveName => 'sensitive' in QUESTIONS[name];

/** `text`: the words, which every kind has. */
export type Asked = QuestionName | 'text';

/** What each kind asks, in this order, where the practice has not said otherwise. Names are for ever. */
export const KINDS = {
  reflection: ['text'],
  food: ['meal', 'text', 'hunger', 'energyKcal', 'portionG'],
  mood: ['mood', 'text'],
  symptom: ['severity', 'text', 'weightKg'],
  workout: ['activity', 'durationMin', 'effort', 'text', 'exerciseKcal'],
  water: ['volumeMl', 'text'],
  sleep: ['sleepH', 'restful', 'wakings', 'text'],
  bowel: ['stool', 'text'],
  photo: ['text'],
  medication: ['medicine', 'taken', 'text'],
  urge: ['urge', 'acted', 'text'],
} as const satisfies Record<string, readonly Asked[]>;
export type BuiltInKind = keyof typeof KINDS;
export const BUILT_IN = Object.keys(KINDS) as BuiltInKind[];
export const isBuiltIn = (kind: string): kind is BuiltInKind => Object.hasOwn(KINDS, kind);

/** A built-in kind, or the id of one that a practice has made. */
export const kindName = z.union([z.enum(BUILT_IN), id]);

export const OWN_LABEL_MAX = 80;
export const OWN_UNIT_MAX = 20;
export const OWN_CHOICES_MOST = 12;
/** More than a form is made for: what was ever asked is kept, switched off. */
const ASKED_MOST = 200;
/** From so many on no question is added. */
export const ADDED_UP_TO = 40;
export const OWN_LINE_MAX = 1000;
export const OWN_NUMBER = { least: -1_000_000, most: 1_000_000 } as const;
export const OWN_SHAPES = ['line', 'number', 'scale', 'choice'] as const;

/** A question of the practice's own, in the practice's own words. What it is and whether it is sensitive never changes. */
const ownQuestion = z.strictObject({
  id,
  label: words(OWN_LABEL_MAX),
  is: z.enum(OWN_SHAPES),
  unit: z.optional(words(OWN_UNIT_MAX)),
  of: z.optional(z.array(words(OWN_LABEL_MAX)).check(z.minLength(1), z.maxLength(OWN_CHOICES_MOST))),
  sensitive: z.optional(z.literal(true)),
});
export type OwnQuestion = z.infer<typeof ownQuestion>;

const questionSetting = z.strictObject({ asked: z.enum(['text', ...QUESTION_NAMES]), isOn: z.boolean() });
const ownSetting = z.strictObject({ own: ownQuestion, isOn: z.boolean() });

/** One kind as the practice wants it: whether it is offered, and what it asks, in order. */
export const kindSetting = z.strictObject({
  kind: kindName,
  isOn: z.boolean(),
  /** Of a kind of the practice's own. */
  name: z.optional(words(OWN_LABEL_MAX)),
  questions: z.array(z.union([questionSetting, ownSetting])).check(z.maxLength(ASKED_MOST)),
});
export type KindSetting = z.infer<typeof kindSetting>;

/** The practice's word on one kind, never changed: where there are several, the newest in commit order holds. */
export const entryKindRecord = defineRecord({ name: 'entryKind', schemaVersion: 1, fields: kindSetting });

export const ownQuestionsOf = ({ questions }: KindSetting): OwnQuestion[] =>
  questions.flatMap((one) => ('own' in one ? [one.own] : []));

/** What is asked in one place of a form. */
export type Ask = { readonly asked: Asked } | { readonly own: OwnQuestion };

/** A kind as it is offered. `decision`: the row that says so; a built-in kind that nobody has decided on has none. */
export interface Kind {
  readonly kind: string;
  /** Of a kind of the practice's own; a built-in one is named by the app, in the reader's language. */
  readonly name?: string | undefined;
  readonly isOn: boolean;
  readonly decision?: string | undefined;
  readonly asks: readonly Ask[];
  /** What is switched off, to be switched on again: answers to it may stand in people's journals. */
  readonly off: readonly Ask[];
}

/** All kinds, the built-in ones first, by the practice's newest word on each. */
export function kindsFrom(decisions: readonly { id: string; version: number; fields: KindSetting }[]): Kind[] {
  const newest = new Map<string, (typeof decisions)[number]>();
  // What is not sent yet comes after everything that this device knows of.
  const order = ({ version }: { version: number }) => (version === 0 ? Number.POSITIVE_INFINITY : version);
  const inOrder = decisions.toSorted((a, b) =>
    order(a) === order(b) ? (a.id < b.id ? -1 : 1) : order(a) < order(b) ? -1 : 1,
  );
  // Two who decided at once did not know of each other's questions: none that may have been answered is forgotten.
  const made = new Map<string, Map<string, OwnQuestion>>();
  for (const one of inOrder) {
    newest.set(one.fields.kind, one);
    const known = made.get(one.fields.kind) ?? new Map<string, OwnQuestion>();
    for (const own of ownQuestionsOf(one.fields)) known.set(own.id, own);
    made.set(one.fields.kind, known);
  }
  const names = [...BUILT_IN, ...[...newest.keys()].filter((kind) => !isBuiltIn(kind))];
  return names.map((kind) => {
    const shown = kindFrom(kind, newest.get(kind));
    const named = new Set([...shown.asks, ...shown.off].map((ask) => ('own' in ask ? ask.own.id : '')));
    const forgotten = [...(made.get(kind)?.values() ?? [])].filter(({ id: own }) => !named.has(own));
    return { ...shown, off: [...shown.off, ...forgotten.map((own) => ({ own }))] };
  });
}

/** What a kind asks where the practice has not said otherwise. */
export const standingAsks = (kind: string): readonly Ask[] => standingOf(kind).map((asked) => ({ asked }));

const standingOf = (kind: string): readonly Asked[] => (isBuiltIn(kind) ? KINDS[kind] : ['text']);

function kindFrom(kind: string, decision: { id: string; fields: KindSetting } | undefined): Kind {
  if (decision === undefined) return { kind, isOn: true, asks: standingAsks(kind), off: [] };
  const { isOn, name, questions } = decision.fields;
  const said = new Set(questions.flatMap((one) => ('asked' in one ? [one.asked] : [])));
  // What a later release asks, and the practice has not decided on, stands at the end.
  const added = standingOf(kind)
    .filter((asked) => !said.has(asked))
    .map((asked) => ({ asked, isOn: true }));
  const all = [...questions, ...added];
  const asksThat = (on: boolean) => all.filter((one) => one.isOn === on).map(askOf);
  return { kind, name, isOn, decision: decision.id, asks: asksThat(true), off: asksThat(false) };
}

const askOf = (one: KindSetting['questions'][number]): Ask => ('own' in one ? { own: one.own } : { asked: one.asked });

/** As a protected client may have it: not even the labels of what is kept from her. */
export function withoutSensitiveQuestions(setting: KindSetting): KindSetting {
  return { ...setting, questions: setting.questions.filter((one) => !('own' in one) || one.own.sensitive !== true) };
}
