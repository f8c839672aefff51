// What the schemas say now, against what was recorded of them: a name and version mean for ever what they meant, old arguments
// and old rows are still read, and nothing is dropped while a device may come back with it.

import { describe, expect, test } from 'vitest';
import { must } from '../../base/must.ts';
import { declared } from '../../features/shared.ts';
import { isRefusal, VOID_MUTATION } from '../core/mutation.ts';
import { isTombstone } from '../core/record.ts';
import { parseMutation } from '../core/run.ts';
import { inPresentShape } from '../core/shapes.ts';
import { PROTOCOLS, RELEASE } from '../core/versions.ts';
import { digestsOf, partsOf, readRecordings } from './recording.ts';
import type { RecordedCall, Recording } from './recording.ts';

const KEPT_MS = 365 * 24 * 60 * 60_000;
const recordings = readRecordings();
const present = must(recordings.at(-1), 'a recording');

const calls = ({ steps }: Recording) => steps.flatMap((step) => (step.kind === 'call' ? [step] : []));

const mutationsIn = ({ body }: RecordedCall) => body.mutations ?? [];
const resultsIn = ({ answer }: RecordedCall) => answer.results ?? [];

test('this release is the last that was recorded: `npm run record`', () => {
  expect(present).toMatchObject({ release: RELEASE, protocols: PROTOCOLS });
});

test('what a name and version take is what was recorded of them: else a new version, or, widened, a new recording', () => {
  expect(digestsOf(declared)).toEqual(present.digests);
});

test('an act of every mutator in its present version was recorded, and accepted', () => {
  const accepted = calls(present).flatMap((call) => {
    const applied = new Set(resultsIn(call).flatMap(({ mid, result }) => (result === 'applied' ? [mid] : [])));
    return mutationsIn(call).flatMap(({ mid, name, v }) => (applied.has(mid) ? [`${name}@${v}`] : []));
  });
  expect([...new Set(accepted)].filter((key) => !key.startsWith(VOID_MUTATION)).sort()).toEqual(
    Object.keys(present.digests.mutators).sort(),
  );
});

test('no name goes, and no version is forgotten, within 12 months of the last release that had it', () => {
  const youngest = new Map<string, string>();
  for (const { digests, recordedAt } of recordings)
    for (const key of Object.keys(digests.mutators)) youngest.set(key, recordedAt);
  const gone = [...youngest].filter(([key]) => {
    const { name, version } = partsOf(key);
    const mutator = declared.mutators[name];
    if (mutator === undefined) return !declared.retired?.includes(name);
    return mutator.version < version || (mutator.version > version && mutator.upcast === undefined);
  });
  expect(gone).toEqual([]);
  const early = [...youngest].filter(([key, at]) => {
    const isRetired = declared.mutators[partsOf(key).name] === undefined;
    return isRetired && Date.parse(present.recordedAt) - Date.parse(at) < KEPT_MS;
  });
  expect(early).toEqual([]);
});

describe.each(recordings.map((recording) => [recording.release, recording] as const))('of %s', (_, recording) => {
  test('the arguments of every act are read as they were, whether they were accepted or refused', () => {
    const sent = calls(recording).flatMap((call) => mutationsIn(call));
    expect(sent.length).toBeGreaterThan(10);
    const unread = sent.filter((mutation) => {
      const parsed = parseMutation(declared.mutators, mutation);
      return parsed === 'newer' || (typeof parsed === 'object' && isRefusal(parsed));
    });
    expect(unread).toEqual([]);
  });

  test('every stored row is read in the present shape', () => {
    const live = recording.rows.flatMap(({ row, shape }) => (isTombstone(row) ? [] : [{ row, shape }]));
    expect(live.length).toBeGreaterThan(10);
    for (const { row, shape } of live) {
      const type = must(declared.recordTypes[row.type], `the type ${row.type}`);
      const fields = inPresentShape(type, row.fields, shape);
      expect(type.parse(fields), row.type).toEqual(fields);
    }
  });
});
