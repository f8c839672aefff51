// By what somebody signs in: an e-mail address, or, where there is none, a phone number or a user name from the page that the practice
// printed. Accounts are kept by address; a name has one that nobody can be written to (RFC 2606).

const NOWHERE = '@account.invalid';
const EMAIL = /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/;
const PHONE = /^\+?\d{7,15}$/;
const USER_NAME = /^[a-z][a-z0-9._-]{2,39}$/;

/** What was typed, in the one form in which it is kept; null where it can be none. Digits of every script count. */
export function signInName(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  if (text.includes('@')) return text.length <= 320 && EMAIL.test(text) ? text : null;
  const number = westernDigits(text).replace(/[\s().\-/]/g, '');
  if (PHONE.test(number)) return number;
  return USER_NAME.test(text) && !text.endsWith('.') && !text.includes('..') ? text : null;
}

/** Whether it is an address to which letters go. */
export const isEmailName = (name: string): boolean => name.includes('@');

/** The address by which the account of that name is kept. */
export const accountAddress = (name: string): string => (isEmailName(name) ? name : `${name}${NOWHERE}`);

/** Whether letters can be sent to an account's address. */
export const takesLetters = (address: string): boolean => !address.endsWith(NOWHERE);

/** Each script has its ten digits in a row, zero first. */
export function westernDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String(code - zero);
  });
}
