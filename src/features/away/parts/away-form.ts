// The form in which a provider says when he is away, between what is typed and what is kept.

import type { JsonObject } from '../../../base/json.ts';
import { AWAY_TEXT_MAX } from '../mutators.ts';
import type { Away, AwayDay } from '../schema.ts';
import type { AwayWord } from '../words/catalogue.ts';

export type DayForm = { readonly is: 'off' | 'day' | 'hours'; readonly from: string; readonly to: string };

export type AwayForm = {
  readonly isOn: boolean;
  readonly isOnce: boolean;
  /** As the browser's own field has them, by this device's clock; `to` may be empty. */
  readonly from: string;
  readonly to: string;
  readonly onceText: string;
  readonly isWeekly: boolean;
  readonly days: readonly DayForm[];
  readonly weeklyText: string;
};

const DAYS = 7;
const NIGHT: DayForm = { is: 'off', from: '17:00', to: '08:00' };

export function formOf(setting: Away | null): AwayForm {
  const { isOn = false, once, weekly } = setting ?? {};
  return {
    isOn,
    isOnce: Boolean(once),
    ...{ from: once ? localOf(once.from) : '', to: once?.to ? localOf(once.to) : '', onceText: once?.text ?? '' },
    isWeekly: Boolean(weekly),
    days: Array.from({ length: DAYS }, (_, i) => dayOf(weekly?.days[i])),
    weeklyText: weekly?.text ?? '',
  };
}

/** What is kept of a form without faults; what is typed in a part that is not used stays in the form alone. */
export function settingOf(form: AwayForm, zone: string): Away {
  const { isOn, isOnce, from, to, onceText, isWeekly, days, weeklyText } = form;
  const until = to === '' ? {} : { to: new Date(to).toISOString() };
  return {
    isOn,
    ...(isOnce && { once: { from: new Date(from).toISOString(), ...until, text: onceText.trim() } }),
    ...(isWeekly && { weekly: { days: days.map(awayDay), text: weeklyText.trim(), zone } }),
  };
}

export type AwayFaults = Partial<Record<'from' | 'to' | 'onceText' | 'days' | 'weeklyText', AwayWord>>;

export function faultsOf({ isOnce, from, to, onceText, isWeekly, days, weeklyText }: AwayForm): AwayFaults {
  const text = (words: string): AwayWord | undefined =>
    words.trim() === '' ? 'away.text.empty' : words.length > AWAY_TEXT_MAX ? 'away.text.long' : undefined;
  const isOpen = days.some((day) => day.is === 'hours' && (day.from === '' || day.to === ''));
  const all: Record<keyof AwayFaults, AwayWord | undefined> = {
    from: isOnce && from === '' ? 'away.from.empty' : undefined,
    to: isOnce && to !== '' && to <= from ? 'away.to.early' : undefined,
    onceText: isOnce ? text(onceText) : undefined,
    days: isWeekly && isOpen ? 'away.time.empty' : undefined,
    weeklyText: isWeekly ? text(weeklyText) : undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, fault]) => fault !== undefined)) as AwayFaults;
}

/** What was left in the form; null where it is none of this release. */
export function formIn(content: JsonObject): AwayForm | null {
  const { days } = content;
  if (!Array.isArray(days) || days.length !== DAYS) return null;
  const text = (name: keyof AwayForm) => (typeof content[name] === 'string' ? content[name] : '');
  return {
    isOn: content['isOn'] === true,
    isOnce: content['isOnce'] === true,
    ...{ from: text('from'), to: text('to'), onceText: text('onceText') },
    isWeekly: content['isWeekly'] === true,
    days: days.map((day) => ({ ...NIGHT, ...(day as Partial<DayForm>) })),
    weeklyText: text('weeklyText'),
  };
}

function dayOf(day: AwayDay = 'off'): DayForm {
  return typeof day === 'string' ? { ...NIGHT, is: day } : { is: 'hours', ...day };
}

function awayDay({ is, from, to }: DayForm): AwayDay {
  return is === 'hours' ? { from, to } : is;
}

/** `2026-06-10T17:00` by this device's clock. */
function localOf(iso: string): string {
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
