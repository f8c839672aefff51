// Some weeks of made-up conversations, for the seed and for tests. The same time in gives the same out.

import { markRead, open } from './mutators.ts';
import type { StandingKind } from './schema.ts';

export type ChatSampleOf = 'first' | 'second';

export interface ChatSample {
  readonly kind: StandingKind;
  readonly from: 'client' | 'team' | 'desk';
  readonly at: string;
  readonly body: string;
}

const DAY_MS = 86_400_000;

/** The act that begins a conversation. */
export function openSample(of: { client: string; by: string; kind: StandingKind; at: string }) {
  return { name: open.name, args: { ...of, zone: 'America/New_York' } };
}

/** The act that says how many messages of others somebody has read. */
export function readSample(of: { by: string; conversation: string; others: number; at: string }) {
  return { name: markRead.name, args: { ...of, zone: 'America/New_York' } };
}

/** What two clients and their practice wrote to each other until then, the oldest first. */
export function chatSamples(of: ChatSampleOf, until: Date): ChatSample[] {
  return SAID[of]
    .map(([daysAgo, hour, from, body, kind = 'care-team']): ChatSample => {
      const day = new Date(until.getTime() - daysAgo * DAY_MS).toISOString().slice(0, 10);
      return { kind, from, body, at: `${day}T${hour}:00.000Z` };
    })
    .filter(({ at }) => at < until.toISOString());
}

type Line = readonly [daysAgo: number, hour: string, from: ChatSample['from'], body: string, kind?: StandingKind];

const SAID: Readonly<Record<ChatSampleOf, readonly Line[]>> = {
  first: [
    [27, '13:00', 'team', 'Hello Ana. Here you can write to me between our sessions. I read on working days.'],
    [27, '17:42', 'client', 'Thank you. Is it all right to ask small things here too?'],
    [27, '20:05', 'team', 'Small things are what it is for.'],
    [21, '12:20', 'client', 'I had a hard evening on Sunday. I wrote it into the journal, it was too long for here.'],
    [
      21,
      '14:31',
      'team',
      'I read it. You stayed with it longer than last time. Let us look at it together on Thursday.',
    ],
    [20, '15:00', 'client', 'Can I move my appointment on Thursday to the afternoon?', 'front-desk'],
    [20, '15:24', 'desk', 'Of course. 3:30 or 4:15?', 'front-desk'],
    [20, '16:02', 'client', '4:15 please.', 'front-desk'],
    [20, '16:05', 'desk', 'Done. You are down for 4:15 on Thursday.', 'front-desk'],
    [13, '18:10', 'client', 'Breakfast three days in a row!'],
    [13, '19:02', 'team', 'Three in a row. How was the third one?'],
    [13, '19:20', 'client', 'Quieter. I forgot to be proud.'],
    [
      6,
      '14:45',
      'team',
      'Shall we leave the evening question out of your journal for a while, or do you want to keep it?',
    ],
    [6, '21:12', 'client', 'Keep it please. It helps me to stop.'],
    [2, '13:35', 'desk', 'Your form for the insurance is ready to be signed when you come in.', 'front-desk'],
    [1, '17:58', 'client', 'I am a little nervous about the family dinner on Saturday.'],
  ],
  second: [
    [25, '14:00', 'team', 'Hello Ben. Write here whenever something comes up. I answer on working days.'],
    [25, '15:11', 'client', 'Ok. Thanks.'],
    [18, '16:20', 'client', 'The plan for lunch at work does not fit. We only get 20 minutes.'],
    [18, '18:44', 'team', 'Good that you say so. What would fit into 20 minutes?'],
    [18, '19:30', 'client', 'Something I can bring with me.'],
    [17, '13:05', 'team', 'Then let us plan it that way. I have written down two ideas for Tuesday.'],
    [11, '15:40', 'client', 'Do I have to bring anything next week?', 'front-desk'],
    [11, '15:52', 'desk', 'Only yourself. See you on Tuesday at ten.', 'front-desk'],
    [4, '20:15', 'client', 'Went out with two friends. It was ok. Better than ok.'],
    [3, '13:20', 'team', 'I am glad you went. Tell me on Tuesday what made it better than ok.'],
  ],
};
