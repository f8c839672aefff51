// What the columns of somebody's list may hold, and which of it a heading seems to say. A guess is shown, and changed by whoever knows.

import { hasTerm, readyText, termsOf } from '../../../../base/fold.ts';

/** What can be taken from a list, in the order in which it is offered. */
export const IMPORT_FIELDS = [
  'legalName',
  'givenName',
  'familyName',
  'preferredName',
  'birthDate',
  'email',
  'phone',
  'language',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Of each column what it holds; null where nothing of it is taken. */
export type Columns = readonly (ImportField | null)[];

/** So many columns may hold the same. */
const mostOf = (field: ImportField): number => (field === 'phone' || field === 'email' ? 2 : 1);

/** Whose number or name this is: nobody's who is taken on. */
const OTHERS =
  'emergency guardian parent mother father spouse kin provider doctor physician facility insurance subscriber employer school company user emergencia tutor madre padre medico seguro urgence notfall طوارئ';

/** Headings as clinics write them; every word of one of them begins a word of the heading. The surest first. */
const HEADINGS: readonly (readonly [ImportField, string])[] = [
  ['preferredName', 'preferred|nickname|goes by|known as|preferido|apodo|rufname|surnom|المفضل'],
  ['familyName', 'last name|lastname|surname|family|apellido|nachname|familienname|nom de famille|العائلة|اللقب'],
  ['givenName', 'first name|firstname|given|forename|vorname|prenom|الأول'],
  ['birthDate', 'birth|dob|born|nacimiento|geburt|naissance|ميلاد'],
  ['email', 'email|e mail|correo|courriel|البريد'],
  ['phone', 'phone|mobile|cell|telephone|telefono|telefon|tel|movil|celular|handy|portable|هاتف|جوال|موبايل'],
  ['language', 'language|idioma|lengua|sprache|langue|لغة'],
  ['legalName', 'name|fullname|nombre|nom|اسم'],
];

const others = OTHERS.split(' ').flatMap(termsOf);
const headings = HEADINGS.map(([field, names]) => [field, names.split('|').map(termsOf)] as const);

/** What each heading seems to say. */
export function guessColumns(row: readonly string[]): Columns {
  const taken: ImportField[] = [];
  const guessed = row.map((heading): ImportField | null => {
    const ready = readyText(heading);
    if (others.some((term) => hasTerm(ready, term))) return null;
    const [field] =
      headings.find(([, names]) => names.some((name) => name.every((term) => hasTerm(ready, term)))) ?? [];
    if (field === undefined || isFull(taken, field)) return null;
    taken.push(field);
    return field;
  });
  // A name that stands beside one part of it is the other part.
  const [hasGiven, hasFamily] = [taken.includes('givenName'), taken.includes('familyName')];
  if (hasGiven === hasFamily) return guessed;
  return guessed.map((field) => (field !== 'legalName' ? field : hasGiven ? 'familyName' : 'givenName'));
}

const isFull = (taken: Columns, field: ImportField): boolean =>
  taken.filter((one) => one === field).length >= mostOf(field);

/** What is wrong with what was chosen: no name, no birth date, or one thing from too many columns. */
export type ColumnsFault = 'name' | 'birth' | 'twice';

export function faultOfColumns(columns: Columns): ColumnsFault | null {
  const has = (field: ImportField) => columns.includes(field);
  if (!has('legalName') && !(has('givenName') && has('familyName'))) return 'name';
  if (!has('birthDate')) return 'birth';
  const isTwice = IMPORT_FIELDS.some((field) => columns.filter((one) => one === field).length > mostOf(field));
  return isTwice || (has('legalName') && (has('givenName') || has('familyName'))) ? 'twice' : null;
}
