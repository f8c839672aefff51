import type { JournalKind } from '../schema.ts';

type Mood = 1 | 2 | 3 | 4 | 5;

const PATHS: Record<JournalKind, string> = {
  reflection: 'M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3M12 20h8',
  food: 'M7 3v7M4.5 3v4a2.5 2.5 0 0 0 5 0V3M7 10v11M17 21v-7h-3V7c0-2.2 1.3-4 3-4z',
  mood: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9 10h.01M15 10h.01M8.5 14.5a4.5 4.5 0 0 0 7 0',
  symptom: 'M3 12h4l2.5-6 4.5 12 2.5-6H21',
};

const FACE = 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9 10h.01M15 10h.01';
const MOUTHS: Record<Mood, string> = {
  1: 'M8 17a4.5 4.5 0 0 1 8 0',
  2: 'M8.5 16a5.5 5.5 0 0 1 7 0',
  3: 'M8.5 15.5h7',
  4: 'M8.5 14.5a5.5 5.5 0 0 0 7 0',
  5: 'M7.5 13.5h9a4.6 4.6 0 0 1-9 0z',
};

export const MOODS: readonly Mood[] = [1, 2, 3, 4, 5];

/** For the eye only: the name stands beside it. */
export function KindIcon({ kind }: { kind: JournalKind }) {
  return <Line path={PATHS[kind]} />;
}

export function MoodFace({ mood }: { mood: Mood }) {
  return <Line path={`${FACE}${MOUTHS[mood]}`} />;
}

export const isMood = (value: number | undefined): value is Mood => MOODS.some((mood) => mood === value);

function Line({ path }: { path: string }) {
  return (
    <svg className="ui-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}
