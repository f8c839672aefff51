import type { ContactDetails } from '../schema.ts';
import './contact-value.css';

/** A number to call or an address to write to: one press, and read from left to right in every language. */
export function ContactValue({ kind, value }: Pick<ContactDetails, 'kind' | 'value'>) {
  if (kind === 'other') return <bdi>{value}</bdi>;
  const href = kind === 'email' ? `mailto:${encodeURIComponent(value)}` : `tel:${digitsOf(value)}`;
  return (
    <a className="contact-value" href={href}>
      <bdi dir="ltr">{value}</bdi>
    </a>
  );
}

/** What a phone dials; an extension behind it is for the person. */
function digitsOf(value: string): string {
  const [number = ''] = value.split(/[a-z#]/i);
  const western = number.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  return western.replace(/[^\d+]/g, '');
}

/** Digits of every script stand in runs of ten that begin with its zero. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}
