// Who takes part, as the demo seeds them.

import { LAPTOP, PHONE } from './device.ts';

export interface Person {
  /** As in the server's demo. */
  readonly key: string;
  readonly email: string;
  readonly home: RegExp;
}

const client = (key: string, place = 'demo') => ({ key, email: `${key}@${place}.test`, home: /\/today$/ });
const provider = (key: string, place = 'demo') => ({ key, email: `dr.${key}@${place}.test`, home: /\/inbox$/ });
const office = (key: string) => ({ key, email: `${key}@demo.test`, home: /\/clients$/ });

/** A phone for clients, a laptop for staff. */
export const viewportOf = ({ home }: Person) => (home.source.includes('today') ? PHONE : LAPTOP);

export const PASSWORD = 'interlude-demo';

export const ana: Person = client('ana');
export const ben: Person = client('ben');
export const dana: Person = client('dana');
export const cara: Person = client('cara');
export const zoe: Person = client('zoe', 'other');
export const lee: Person = provider('lee');
export const okafor: Person = provider('okafor');
export const stone: Person = provider('stone', 'other');
export const owner: Person = office('owner');
export const support: Person = office('support');

/** Everybody who has no part in what Ana and Dr. Lee write to each other. */
export const others: readonly Person[] = [okafor, stone, support, owner, ben, dana, zoe, cara];
