import { expect, test } from 'vitest';
import { faultOfColumns, guessColumns } from './columns.ts';

const taken = (...headings: string[]) =>
  guessColumns(headings)
    .map((field, i) => [headings[i], field])
    .filter(([, field]) => field !== null);

test.each([
  [
    ['Full Name', 'Date of Birth', 'Email Address', 'Phone'],
    ['legalName', 'birthDate', 'email', 'phone'],
  ],
  [
    ['last_name', 'first_name', 'DOB', 'mobile_phone', 'home_phone'],
    ['familyName', 'givenName', 'birthDate', 'phone', 'phone'],
  ],
  [
    ['Apellidos', 'Nombre', 'Fecha de nacimiento', 'Correo electrónico', 'Teléfono'],
    ['familyName', 'givenName', 'birthDate', 'email', 'phone'],
  ],
  [
    ['الاسم الكامل', 'تاريخ الميلاد', 'الهاتف', 'البريد الإلكتروني'],
    ['legalName', 'birthDate', 'phone', 'email'],
  ],
  [
    ['Nachname', 'Vorname', 'Geburtsdatum', 'E-Mail'],
    ['familyName', 'givenName', 'birthDate', 'email'],
  ],
  [
    ['Name', 'Vorname', 'geb.', 'Geburtstag'],
    ['familyName', 'givenName', null, 'birthDate'],
  ],
  [
    ['Preferred name', 'Language', 'Patient Name'],
    ['preferredName', 'language', 'legalName'],
  ],
])('%j', (headings, fields) => {
  expect(guessColumns(headings)).toEqual(fields);
});

test('what is another person’s or a place’s is not taken for the client’s', () => {
  expect(
    taken(
      'Emergency contact name',
      'Emergency phone',
      'Provider name',
      'Registration Facility Name',
      'Mailing address',
      'Patient ID',
      'Username',
    ),
  ).toEqual([]);
  expect(taken('Name', 'Name of insurance', 'Phone', 'Mobile', 'Cell')).toEqual([
    ['Name', 'legalName'],
    ['Phone', 'phone'],
    ['Mobile', 'phone'],
  ]);
});

test('a name and a birth date are needed, and one thing from one column', () => {
  expect(faultOfColumns(['legalName', 'birthDate', null])).toBeNull();
  expect(faultOfColumns(['givenName', 'familyName', 'birthDate', 'phone', 'phone'])).toBeNull();
  expect(faultOfColumns(['givenName', 'birthDate'])).toBe('name');
  expect(faultOfColumns(['legalName'])).toBe('birth');
  expect(faultOfColumns(['legalName', 'birthDate', 'birthDate'])).toBe('twice');
  expect(faultOfColumns(['legalName', 'givenName', 'birthDate'])).toBe('twice');
  expect(faultOfColumns(['legalName', 'birthDate', 'phone', 'phone', 'phone'])).toBe('twice');
});
