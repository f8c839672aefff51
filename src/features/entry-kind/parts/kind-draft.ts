// A kind while it is being decided on: its questions in order, each on or off. Pure.

import { isBuiltIn } from '../schema.ts';
import type { Ask, Kind, KindSetting, OwnQuestion } from '../schema.ts';

export interface AskedOrNot {
  readonly ask: Ask;
  readonly isOn: boolean;
}

export interface KindDraft {
  readonly name: string;
  readonly asks: readonly AskedOrNot[];
}

export const keyOf = (ask: Ask): string => ('own' in ask ? ask.own.id : ask.asked);

export function draftOf({ name = '', asks, off }: Kind): KindDraft {
  return {
    name,
    asks: [...asks.map((ask) => ({ ask, isOn: true })), ...off.map((ask) => ({ ask, isOn: false }))],
  };
}

/** As it is kept. `isOn`: whether the kind is offered at all. */
export function settingOf(kind: string, isOn: boolean, { name, asks }: KindDraft): KindSetting {
  return {
    kind,
    isOn,
    ...(!isBuiltIn(kind) && { name: name.trim() }),
    questions: asks.map(({ ask, isOn: isAsked }) =>
      'own' in ask ? { own: ask.own, isOn: isAsked } : { asked: ask.asked, isOn: isAsked },
    ),
  };
}

/** One place up or down; unchanged at either end. */
export function moved(draft: KindDraft, key: string, by: -1 | 1): KindDraft {
  const from = draft.asks.findIndex(({ ask }) => keyOf(ask) === key);
  const to = from + by;
  const [one, other] = [draft.asks[from], draft.asks[to]];
  if (one === undefined || other === undefined) return draft;
  return { ...draft, asks: draft.asks.with(from, other).with(to, one) };
}

export function switched(draft: KindDraft, key: string, isOn: boolean): KindDraft {
  return { ...draft, asks: draft.asks.map((one) => (keyOf(one.ask) === key ? { ...one, isOn } : one)) };
}

export function withOwn(draft: KindDraft, own: OwnQuestion): KindDraft {
  return { ...draft, asks: [...draft.asks, { ask: { own }, isOn: true }] };
}

/** The way back to what was: questions that were made since stay, switched off, since nothing that can be answered is dropped. */
export function takenBack(before: KindSetting, after: KindSetting): KindSetting {
  const had = new Set(before.questions.flatMap((one) => ('own' in one ? [one.own.id] : [])));
  const made = after.questions.flatMap((one) =>
    'own' in one && !had.has(one.own.id) ? [{ ...one, isOn: false }] : [],
  );
  return { ...before, questions: [...before.questions, ...made] };
}
