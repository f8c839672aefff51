// Made-up contacts of a made-up client, as the acts that wrote them, for tests and the seed. Nobody is meant; the numbers
// are of the range that is kept for stories.

import type { ContactDetails } from './schema.ts';

export interface ContactSampleOptions {
  readonly client: string;
  readonly by: string;
  /** An id for a name; the same for the same name. */
  readonly idOf: (name: string) => string;
  readonly at: string;
  /** Whose contacts of the pool. */
  readonly of: keyof typeof POOL;
}

export interface ContactSampleAct {
  readonly name: 'contact.addContact';
  readonly args: {
    readonly by: string;
    readonly at: string;
    readonly zone: string;
    readonly id: string;
    readonly client: string;
    readonly details: ContactDetails;
  };
}

export function contactSample(change: Partial<ContactDetails> = {}): ContactDetails {
  return { kind: 'emergency', value: '+1 555 010 0143', name: 'Lucía Torres', relationship: 'Mother', ...change };
}

/** The acts that wrote them, all at one time. */
export function contactSamples({ client, by, idOf, at, of }: ContactSampleOptions): ContactSampleAct[] {
  return POOL[of].map((details, i) => ({
    name: 'contact.addContact',
    args: { by, at, zone: 'America/New_York', id: idOf(`contact ${i}`), client, details },
  }));
}

const POOL = {
  first: [
    contactSample({ note: 'Speaks Spanish. Works nights; best before noon.' }),
    { kind: 'phone', value: '+1 555 010 0178', note: 'No voice messages, please.' },
    { kind: 'email', value: 'ana.torres@example.org' },
  ],
  second: [
    { kind: 'phone', value: '+1 555 010 0122' },
    {
      kind: 'other',
      value: 'Front desk of the dormitory, building C',
      name: 'Hall office',
      note: 'Only for urgent mail.',
    },
  ],
} as const satisfies Record<string, readonly ContactDetails[]>;
