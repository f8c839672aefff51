// Who is in the demo, as `contract.md` lists it. Every id is made from a name, so that it is the same at every seed.

import { createHash } from 'node:crypto';
import type { ChatSampleOf } from '../../src/features/chat/samples.ts';
import type { Client } from '../../src/features/client/schema.ts';
import type { ContactSampleOptions } from '../../src/features/contact/samples.ts';
import type { Member } from '../../src/features/member/schema.ts';
import type { Practice } from '../../src/features/practice/schema.ts';

export const DEMO_PASSWORD = 'interlude-demo';

export interface DemoStaff {
  readonly key: string;
  readonly email: string;
  readonly name: string;
  readonly roles: Member['roles'];
  readonly who: string;
}

export interface DemoClient extends Pick<Client, 'legalName' | 'birthDate' | 'status'> {
  readonly key: string;
  readonly email: string;
  readonly preferredName?: string;
  /** Keys of the care team, the primary provider first. */
  readonly team: readonly string[];
  /** Which contacts of the samples the office has written down; none for who was not asked yet. */
  readonly contacts?: ContactSampleOptions['of'];
  /** Which of the sample conversations they have had. */
  readonly chats?: ChatSampleOf;
  /** The primary provider has set the protective view. */
  readonly isProtected?: boolean;
  /** The primary provider has noted what must be known of her, and they have written her safety plan. */
  readonly hasSummary?: boolean;
  readonly who: string;
}

export interface DemoPractice {
  readonly slug: string;
  readonly name: string;
  readonly timezone: string;
  readonly crisis: Practice['crisis'];
  /** The owner first. */
  readonly staff: readonly [DemoStaff, ...DemoStaff[]];
  readonly clients: readonly DemoClient[];
}

/** A fixed id for a name: the form of a UUIDv7, its bits from a hash. */
export function demoId(name: string): string {
  const bytes = createHash('sha256').update(`interlude demo ${name}`).digest().subarray(0, 16);
  bytes[0] = 0x01;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const CRISIS: Practice['crisis'] = {
  en: {
    text: 'We read messages on working days only. If you or someone with you is in danger now, call. You can call or text 988 at any hour.',
    links: [
      { label: 'Call 988 (crisis lifeline)', phone: '988' },
      { label: 'Call 911 (emergency)', phone: '911' },
    ],
  },
  es: {
    text: 'Leemos los mensajes solo en días laborables. Si tú o alguien contigo está en peligro ahora, llama. Puedes llamar o escribir al 988 a cualquier hora.',
    links: [
      { label: 'Llama al 988 (línea de crisis, en español)', phone: '988' },
      { label: 'Llama al 911 (emergencias)', phone: '911' },
    ],
  },
  ar: {
    text: 'نقرأ الرسائل في أيام العمل فقط. إذا كنت أنت أو من معك في خطر الآن فاتصل. يمكنك الاتصال بالرقم 988 أو مراسلته في أي وقت.',
    links: [
      { label: 'اتصل بالرقم 988 (خط الأزمات)', phone: '988' },
      { label: 'اتصل بالرقم 911 (الطوارئ)', phone: '911' },
    ],
  },
};

export const DEMO_PRACTICES: readonly DemoPractice[] = [
  {
    slug: 'harbor-care',
    name: 'Harbor Care',
    timezone: 'America/New_York',
    crisis: CRISIS,
    staff: [
      {
        key: 'owner',
        email: 'owner@demo.test',
        name: 'Olivia Grant',
        roles: ['owner', 'admin'],
        who: 'owner and admin of Harbor Care, no caseload',
      },
      {
        key: 'lee',
        email: 'dr.lee@demo.test',
        name: 'Dr. Lee',
        roles: ['provider'],
        who: 'provider; primary of Ana and Ben',
      },
      {
        key: 'okafor',
        email: 'dr.okafor@demo.test',
        name: 'Dr. Okafor',
        roles: ['provider'],
        who: 'provider; primary of Dana, not on Ana’s or Ben’s care team',
      },
      { key: 'support', email: 'support@demo.test', name: 'Sam Rivera', roles: ['support'], who: 'support staff' },
    ],
    clients: [
      {
        key: 'ana',
        email: 'ana@demo.test',
        legalName: 'Ana Torres',
        birthDate: '1991-04-12',
        status: 'active',
        team: ['lee'],
        contacts: 'first',
        hasSummary: true,
        chats: 'first',
        who: 'active client',
      },
      {
        key: 'ben',
        email: 'ben@demo.test',
        legalName: 'Benjamin Cole',
        preferredName: 'Ben Cole',
        birthDate: '1998-09-30',
        status: 'active',
        team: ['lee'],
        contacts: 'second',
        chats: 'second',
        isProtected: true,
        who: 'active client',
      },
      {
        key: 'dana',
        email: 'dana@demo.test',
        legalName: 'Dana Whitfield',
        birthDate: '1985-01-23',
        status: 'active',
        team: ['okafor'],
        who: 'active client of Dr. Okafor',
      },
      {
        key: 'cara',
        email: 'cara@demo.test',
        legalName: 'Cara Lindqvist',
        birthDate: '1979-11-05',
        status: 'prospect',
        team: [],
        who: 'prospect',
      },
    ],
  },
  {
    slug: 'hillside',
    name: 'Hillside Clinic',
    timezone: 'America/Denver',
    crisis: CRISIS,
    staff: [
      {
        key: 'stone',
        email: 'dr.stone@other.test',
        name: 'Dr. Stone',
        roles: ['owner', 'provider'],
        who: 'provider of another practice, Hillside Clinic',
      },
    ],
    clients: [
      {
        key: 'zoe',
        email: 'zoe@other.test',
        legalName: 'Zoe Park',
        birthDate: '1994-06-18',
        status: 'active',
        team: ['stone'],
        who: 'client of Hillside Clinic',
      },
    ],
  },
];
