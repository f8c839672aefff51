// Some weeks of a made-up client's journal, as the acts that wrote it, for tests and the seed. The same ids and time in
// give the same acts out. The last days are left unseen, so that an inbox has something to show.

import type { BuiltInKind, SensitiveName } from '../entry-kind/schema.ts';
import type { JournalContent } from './schema.ts';

export interface JournalSampleOptions {
  readonly client: string;
  /** The client's own membership. */
  readonly by: string;
  /** The member of the care team who reads and comments; without one nobody has. */
  readonly reviewer?: string;
  /** An id for a name; the same for the same name. */
  readonly idOf: (name: string) => string;
  readonly until: Date;
  /** Where in the pool of days to begin: gives two clients different weeks. */
  readonly from?: number;
  readonly days?: number;
  readonly zone?: string;
}

export interface SampleAct {
  readonly name: 'journal.addEntry' | 'journal.reviseEntry' | 'journal.addComment' | 'journal.markSeen';
  readonly args: { readonly by: string; readonly at: string; readonly zone: string; readonly id: string } & Record<
    string,
    string | JournalContent
  >;
}

interface Written {
  readonly kind: BuiltInKind;
  /** Hour and minute of the day, UTC. */
  readonly time: readonly [number, number];
  readonly content: JournalContent;
  readonly revised?: string;
  readonly comment?: string;
  readonly reply?: string;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const UNSEEN_MS = 2 * DAY_MS;

/** The acts in the order in which they happened. */
export function journalSamples(options: JournalSampleOptions): SampleAct[] {
  const { until, from = 0, days = 21 } = options;
  const today = Math.floor(until.getTime() / DAY_MS) * DAY_MS;
  const acts: SampleAct[] = [];
  for (let back = days - 1; back >= 0; back--) {
    const written = DAYS[(from + days - 1 - back) % DAYS.length] ?? [];
    for (const [i, one] of written.entries()) {
      const atMs = today - back * DAY_MS + one.time[0] * HOUR_MS + one.time[1] * 60_000;
      if (atMs <= until.getTime()) acts.push(...actsOf(one, { ...options, atMs, name: `${back}.${i}` }));
    }
  }
  const end = until.toISOString();
  return acts.filter(({ args }) => args.at <= end).sort((a, b) => (a.args.at < b.args.at ? -1 : 1));
}

function actsOf(one: Written, day: JournalSampleOptions & { atMs: number; name: string }): SampleAct[] {
  const { client, by, reviewer, idOf, until, atMs, zone = 'America/New_York' } = day;
  const entry = idOf(`entry ${day.name}`);
  const authored = (who: string, what: string, afterMs: number) => {
    return { by: who, at: new Date(atMs + afterMs).toISOString(), zone, id: idOf(`${what} ${day.name}`), client };
  };
  const added: SampleAct = {
    name: 'journal.addEntry',
    args: { ...authored(by, 'entry', 0), kind: one.kind, content: one.content },
  };
  const acts = [added];
  if (one.revised !== undefined) {
    const content = { ...one.content, text: one.revised };
    acts.push({ name: 'journal.reviseEntry', args: { ...authored(by, 'revision', HOUR_MS / 4), entry, content } });
  }
  if (reviewer === undefined || until.getTime() - atMs < UNSEEN_MS) return acts;
  acts.push({ name: 'journal.markSeen', args: { ...authored(reviewer, 'review', 15 * HOUR_MS), entry } });
  if (one.comment === undefined) return acts;
  const body = one.comment;
  acts.push({ name: 'journal.addComment', args: { ...authored(reviewer, 'comment', 15.1 * HOUR_MS), entry, body } });
  if (one.reply === undefined) return acts;
  const reply = { ...authored(by, 'reply', 18 * HOUR_MS), entry, body: one.reply };
  const read = { ...authored(reviewer, 'second review', 26 * HOUR_MS), entry };
  return [...acts, { name: 'journal.addComment', args: reply }, { name: 'journal.markSeen', args: read }];
}

const reflection = (time: Written['time'], text: string): Written => ({ kind: 'reflection', time, content: { text } });

const food = (time: Written['time'], meal: NonNullable<JournalContent['meal']>, text: string): Written => {
  return { kind: 'food', time, content: { text, meal } };
};

const mood = (time: Written['time'], level: number, text: string): Written => {
  return { kind: 'mood', time, content: { text, mood: level } };
};

const symptom = (time: Written['time'], severity: number, text: string): Written => {
  return { kind: 'symptom', time, content: { text, severity } };
};

/** Answers alone, as most such entries are. */
const noted = (kind: BuiltInKind, time: Written['time'], answers: Partial<JournalContent>): Written => {
  return { kind, time, content: { text: '', ...answers } };
};

/** What became of an entry: words changed, a comment, an answer to it. */
const said = (one: Written, later: Pick<Written, 'revised' | 'comment' | 'reply'>): Written => ({ ...one, ...later });

/** With numbers that the protective view keeps from a client. */
const measured = (one: Written, numbers: Pick<JournalContent, SensitiveName>): Written => {
  return { ...one, content: { ...one.content, ...numbers } };
};

const DAYS: readonly (readonly Written[])[] = [
  [
    noted('sleep', [12, 30], { sleepH: 6.5, restful: 3, wakings: 2 }),
    mood([12, 40], 3, 'Slept a little better. Still slow in the morning.'),
    said(food([17, 10], 'lunch', 'Lentil soup and bread at my desk. Ate without the phone this time.'), {
      comment: 'Eating without the phone is a good thing to have tried. How was it?',
      reply: 'Strange at first, then quiet. I noticed when I had had enough.',
    }),
  ],
  [
    said(
      reflection(
        [22, 5],
        'Said no to the extra shift. I felt guilty for an hour and then relieved for the rest of the day.',
      ),
      {
        comment: 'That is a real step. The guilt got smaller by itself; that is worth remembering.',
      },
    ),
  ],
  [
    symptom([14, 20], 4, 'Headache behind the eyes since lunch. A walk helped a bit.'),
    noted('water', [18, 0], { volumeMl: 500 }),
    food([23, 30], 'dinner', 'Rice with vegetables, cooked with my sister. We laughed a lot.'),
  ],
  [
    noted('medication', [12, 50], { medicine: 'Sertraline 50 mg', taken: 'onTime' }),
    mood([13, 0], 2, 'Heavy. I did not want to get up, but I did.'),
    reflection([21, 45], 'Called my friend as we had planned. Short, but it helped.'),
  ],
  [
    noted('bowel', [11, 45], { stool: 'type3' }),
    food([12, 15], 'breakfast', 'Oatmeal with apple. I sat down for it.'),
    said(reflection([23, 10], 'Tried the breathing for five minutes before bed.'), {
      revised: 'Tried the breathing for five minutes before bed. The first two felt silly, the last three were good.',
      comment: 'Five minutes is plenty. Let us keep the same time each evening.',
    }),
  ],
  [mood([16, 30], 4, 'Sunny. Went to the market and bought flowers.')],
  [
    reflection([20, 0], 'Sunday visit with my parents. I left when I wanted to leave.'),
    noted('urge', [22, 10], { urge: 6, acted: 'no', text: 'On the drive. I called my sister, and it passed.' }),
    food([22, 40], 'snack', 'Yoghurt and some nuts after the drive home.'),
  ],
  [
    said(symptom([12, 55], 3, 'Stomach tight before the meeting. It went away after it.'), {
      comment: 'Thank you for noting when it stopped. Does it come before other meetings too?',
      reply: 'Mostly before those on Monday.',
    }),
  ],
  [
    measured(food([17, 20], 'lunch', 'Sandwich from the place at the corner. I had planned soup, but it was fine.'), {
      energyKcal: 643,
      portionG: 287,
    }),
    noted('workout', [21, 0], { activity: 'walk', durationMin: 40, effort: 3, text: 'Along the river, slowly.' }),
    mood([23, 0], 3, 'An ordinary day, and that is good.'),
  ],
  [reflection([21, 30], 'Wrote the letter I had been putting off. I have not sent it yet.')],
  [
    mood([12, 30], 2, 'Woke at four and could not sleep again.'),
    said(symptom([19, 40], 5, 'Very tired, shoulders hard. Hot shower helped.'), {
      comment: 'A short night can do that. If it happens again this week, write me the hour you woke.',
    }),
  ],
  [food([22, 50], 'dinner', 'Soup and toast. It was what I could manage today.')],
  [
    reflection([18, 15], 'Walked to work along the river instead of taking the bus.'),
    mood([23, 20], 4, 'Lighter than yesterday.'),
  ],
  [
    said(food([15, 10], 'breakfast', 'Late breakfast with my neighbour, eggs and tomatoes.'), {
      comment: 'Breakfast in company sounds good.',
    }),
  ],
  [reflection([20, 30], 'I was angry at my brother and told him so, calmly. He listened.')],
  [
    symptom([13, 25], 2, 'A little dizzy when I stood up quickly. Drank some water, better now.'),
    food([17, 5], 'lunch', 'Salad with chickpeas, and a piece of cake because it was a birthday.'),
  ],
  [
    said(mood([22, 15], 3, 'Calm, a bit lonely in the evening.'), {
      comment: 'Would calling your friend on such evenings be something for the plan?',
      reply: 'Yes. Let us talk about it next time.',
    }),
  ],
  [
    said(reflection([21, 50], 'Did the exercise from last week. I found three good things, the third took a while.'), {
      revised: 'Did the exercise from last week. I found four good things, the third took a while.',
    }),
  ],
  [food([23, 15], 'dinner', 'Pasta at home. Put the rest away for tomorrow.'), mood([23, 40], 4, 'Content.')],
  [measured(symptom([14, 45], 3, 'Neck stiff from the screen. Stretched as you showed me.'), { weightKg: 58.7 })],
  [
    noted('sleep', [12, 0], { sleepH: 8, restful: 5, wakings: 0 }),
    mood([12, 20], 4, 'Slept through.'),
    reflection([16, 40], 'I would like to talk about going back to full days. It scares me less than a month ago.'),
  ],
];
