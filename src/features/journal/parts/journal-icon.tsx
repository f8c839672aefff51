import { isBuiltIn } from '../../entry-kind/schema.ts';
import type { BuiltInKind } from '../../entry-kind/schema.ts';

type Face = 1 | 2 | 3 | 4 | 5;

const PATHS: Record<BuiltInKind | 'own', string> = {
  reflection: 'M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3M12 20h8',
  food: 'M7 3v7M4.5 3v4a2.5 2.5 0 0 0 5 0V3M7 10v11M17 21v-7h-3V7c0-2.2 1.3-4 3-4z',
  mood: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9 10h.01M15 10h.01M8.5 14.5a4.5 4.5 0 0 0 7 0',
  symptom: 'M3 12h4l2.5-6 4.5 12 2.5-6H21',
  workout: 'M3 10v4M6 7v10M6 12h12M18 7v10M21 10v4',
  water: 'M12 3.5c3.5 4.2 5.5 7 5.5 10a5.5 5.5 0 0 1-11 0c0-3 2-5.8 5.5-10z',
  sleep: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5zM15 4h4l-4 4h4',
  bowel: 'M6 4v8M6 12h13a5 5 0 0 1-5 5h-3a5 5 0 0 1-5-5zM9 17l-1 4h8l-.5-4.2',
  photo: 'M4 8h3l2-3h6l2 3h3v11H4zM12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7',
  medication:
    'M10 4.5a4 4 0 0 1 5.7 0l3.8 3.8a4 4 0 0 1-5.7 5.7L10 10.2a4 4 0 0 1 0-5.7zM12 12.2l4-4M9 8.5l-4.5 4.5a4 4 0 0 0 5.7 5.7l4.3-4.3',
  urge: 'M3 15c3 0 3-6 6-6s3 6 6 6 3-6 6-6M12 3v2M6 4.5l1 1.7M18 4.5l-1 1.7',
  own: 'M7 4h10a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM9 9h6M9 13h6',
};

const FACE = 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9 10h.01M15 10h.01';
const MOUTHS: Record<Face, string> = {
  1: 'M8 17a4.5 4.5 0 0 1 8 0',
  2: 'M8.5 16a5.5 5.5 0 0 1 7 0',
  3: 'M8.5 15.5h7',
  4: 'M8.5 14.5a5.5 5.5 0 0 0 7 0',
  5: 'M7.5 13.5h9a4.6 4.6 0 0 1-9 0z',
};

export const FACES: readonly Face[] = [1, 2, 3, 4, 5];

/** For the eye only: the name stands beside it. */
export function KindIcon({ kind }: { kind: string }) {
  return <Line path={PATHS[isBuiltIn(kind) ? kind : 'own']} />;
}

/** A face of a scale of five, from very low to very good. */
export function FaceIcon({ face }: { face: Face }) {
  return <Line path={`${FACE}${MOUTHS[face]}`} />;
}

export const isFace = (value: string | number | undefined): value is Face => FACES.some((face) => face === value);

function Line({ path }: { path: string }) {
  return (
    <svg className="ui-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}
