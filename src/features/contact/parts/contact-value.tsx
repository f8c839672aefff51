import { dialled } from '../../../base/phone.ts';
import type { ContactDetails } from '../schema.ts';
import './contact-value.css';

/** A number to call or an address to write to: one press, and read from left to right in every language. */
export function ContactValue({ kind, value }: Pick<ContactDetails, 'kind' | 'value'>) {
  if (kind === 'other') return <bdi>{value}</bdi>;
  const href = kind === 'email' ? `mailto:${encodeURIComponent(value)}` : `tel:${dialled(value)}`;
  return (
    <a className="contact-value" href={href}>
      <bdi dir="ltr">{value}</bdi>
    </a>
  );
}
