// What is typed of a client: words as they stand in the fields, what is wrong with them, and what becomes of them.

import type { JsonObject } from '../../../base/json.ts';
import { isValueOf } from '../../contact/schema.ts';
import { CLIENT_DETAILS, clientDetails, NAME_MAX, NOTE_MAX } from '../schema.ts';
import type { ClientDetails } from '../schema.ts';
import type { ClientWord } from '../words/catalogue.ts';

/** A type, not an interface: a draft takes what is JSON. */
export type ClientForm = {
  readonly legalName: string;
  readonly preferredName: string;
  readonly birthDate: string;
  readonly language: string;
  readonly noCalls: boolean;
  readonly noVoicemail: boolean;
  readonly noEmail: boolean;
  readonly note: string;
  readonly phone: string;
  readonly email: string;
  readonly status: 'active' | 'prospect';
  /** A provider, or empty where none is settled yet. */
  readonly primary: string;
};

export const EMPTY_CLIENT: ClientForm = {
  ...{ legalName: '', preferredName: '', birthDate: '', language: '', note: '', phone: '', email: '', primary: '' },
  ...{ noCalls: false, noVoicemail: false, noEmail: false, status: 'active' },
};

export type ClientFaults = Partial<Record<keyof ClientForm, ClientWord>>;

/** Why it cannot be kept as it is, by field; `today` as a calendar day. */
export function faultsOf(form: ClientForm, today: string): ClientFaults {
  const faults: ClientFaults = {};
  for (const field of ['legalName', 'preferredName'] as const)
    if (form[field].length > NAME_MAX) faults[field] = 'client.fault.long';
  if (form.note.length > NOTE_MAX) faults.note = 'client.fault.long';
  if (form.legalName.trim() === '') faults.legalName = 'client.fault.name';
  if (!isBirthDate(form.birthDate, today)) faults.birthDate = 'client.fault.birth';
  for (const field of ['phone', 'email'] as const)
    if (form[field].trim() !== '' && !isValueOf(field, form[field])) faults[field] = `client.fault.${field}`;
  return faults;
}

/** As the acts take it. What was left empty is not said. */
export function detailsOf(form: ClientForm): ClientDetails {
  const preferredName = form.preferredName.trim();
  const safe = {
    ...(form.noCalls && { noCalls: true as const }),
    ...(form.noVoicemail && { noVoicemail: true as const }),
    ...(form.noEmail && { noEmail: true as const }),
    ...(form.note.trim() !== '' && { note: form.note.trim() }),
  };
  return {
    ...{ legalName: form.legalName.trim(), birthDate: form.birthDate },
    ...(preferredName !== '' && { preferredName }),
    ...(form.language !== '' && { language: form.language }),
    ...(Object.keys(safe).length > 0 && { safeContact: safe }),
  };
}

/** As the fields show it. */
export function formOf({ legalName, preferredName, birthDate, language, safeContact }: ClientDetails): ClientForm {
  const { noCalls = false, noVoicemail = false, noEmail = false, note = '' } = safeContact ?? {};
  return {
    ...EMPTY_CLIENT,
    ...{ legalName, preferredName: preferredName ?? '', birthDate, language: language ?? '' },
    ...{ noCalls, noVoicemail, noEmail, note },
  };
}

/** What differs from what was seen; `null` where it was emptied. */
export function changesOf(form: ClientForm, seen: ClientDetails): Partial<ClientDetails> {
  const now: ClientDetails = detailsOf(form);
  return Object.fromEntries(
    CLIENT_DETAILS.filter((name) => !isSame(now, seen, name)).map((name) => [name, now[name] ?? null]),
  );
}

/** What is being changed, and has become another since it was seen. */
export function clashesOf(form: ChangeForm, there: ClientDetails): (keyof ClientDetails)[] {
  const changed = Object.keys(changesOf(form, form.seen)) as (keyof ClientDetails)[];
  return changed.filter((name) => !isSame(there, form.seen, name) && !isSame(there, detailsOf(form), name));
}

const isSame = (one: ClientDetails, other: ClientDetails, name: keyof ClientDetails): boolean =>
  JSON.stringify(inOrder(one[name])) === JSON.stringify(inOrder(other[name]));

/** What was left in a draft, as far as it has the form's shape. */
export function formIn(content: JsonObject): ClientForm | null {
  const { legalName } = content;
  if (typeof legalName !== 'string') return null;
  const fits = Object.entries(EMPTY_CLIENT).every(([name, empty]) => typeof content[name] === typeof empty);
  return fits && (content['status'] === 'active' || content['status'] === 'prospect') ? (content as ClientForm) : null;
}

/** Of a correction: with what stood there as it was begun, over which it goes however long it was left. */
export type ChangeForm = ClientForm & { readonly seen: ClientDetails };

/** The same of a correction. */
export function changeIn(content: JsonObject): ChangeForm | null {
  const { seen, ...rest } = content;
  const form = formIn(rest);
  const details = clientDetails.safeParse(seen);
  return form !== null && details.success ? { ...form, seen: details.data } : null;
}

function isBirthDate(day: string, today: string): boolean {
  const fits = clientDetails.safeParse({ legalName: 'x', birthDate: day }).success;
  return fits && day <= today;
}

const inOrder = (value: unknown): unknown =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    : (value ?? null);
