import { expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { isRefusal } from '../../sync/core/mutation.ts';
import type { Refusal } from '../../sync/core/mutation.ts';
import type { Row, StoredRow } from '../../sync/core/record.ts';
import { parseMutation, runParsed } from '../../sync/core/run.ts';
import { rowKey } from '../../sync/core/tx.ts';
import type { ReadSet } from '../../sync/core/tx.ts';
import { clientSample } from '../client/samples.ts';
import { declared } from '../shared.ts';
import { chartOf, officeOf } from '../space-names.ts';

const [ana, lee, client] = [newId(), newId(), newId()];
const AT = '2026-02-03T04:05:06.789Z';
const CHANGE = 'safetyPlan.changePlan';

interface Ground {
  readonly base?: number;
  readonly version?: number;
}

function run(by: string, args: JsonObject, rows: readonly StoredRow[], ground: Ground = {}): ReadSet | Refusal {
  const { base = 1, version = 2 } = ground;
  const whole = { by, at: AT, zone: 'UTC', id: newId(), client, ...args };
  const parsed = parseMutation(declared.mutators, { name: CHANGE, args: whole });
  if (typeof parsed === 'string') throw new Error('an act');
  if (isRefusal(parsed)) return parsed;
  const there = new Map(rows.map((one) => [rowKey(one), one]));
  const known: ReadSet = new Map(parsed.reads.map((ref) => [rowKey(ref), there.get(rowKey(ref)) ?? null]));
  const tx = runParsed(declared, parsed, { by, known, device: by, base, version, context: { now: AT } });
  if (isRefusal(tx)) return tx;
  tx.commitTo(known);
  return known;
}

function after(...act: Parameters<typeof run>): { plan: Row; revisions: Row[] } {
  const rows = run(...act);
  if (isRefusal(rows)) throw new Error(`${rows.code} ${rows.where}`);
  const found = [...rows.values()].flatMap((row) => (row && !('deleted' in row) ? [row] : []));
  const plan = found.find(({ type }) => type === 'safetyPlan');
  if (plan === undefined) throw new Error('a plan');
  return { plan, revisions: found.filter(({ type }) => type === 'safetyPlanRevision') };
}

test('the first words make the plan in the chart, and each change is kept with its author and its words', () => {
  const first = after(ana, { changes: { signs: 'I stop calling.' } }, []);
  expect(first.plan).toMatchObject({
    id: client,
    space: chartOf(client),
    fields: { client, signs: 'I stop calling.' },
  });
  expect(first.revisions).toMatchObject([
    { by: ana, space: chartOf(client), fields: { parts: { signs: 'I stop calling.' } } },
  ]);
  const second = after(lee, { changes: { alone: 'Walk.', signs: null } }, [first.plan], { base: 2, version: 3 });
  expect(second.plan.fields).toEqual({ client, signs: null, alone: 'Walk.' });
  expect(second.revisions).toMatchObject([{ by: lee, fields: { parts: { signs: null, alone: 'Walk.' } } }]);
});

test('two who write the first words of one part at once leave both; who has seen both settles it, and can take that back', () => {
  const hers = after(ana, { changes: { people: 'Mom' } }, [], { version: 5 }).plan;
  const { plan } = after(lee, { changes: { people: 'Her mother' } }, [hers], { version: 6 });
  const values = (row: Row) => row.heads?.['people']?.map(({ by, value }) => [by, value]);
  expect(values(plan)).toEqual([
    [ana, 'Mom'],
    [lee, 'Her mother'],
  ]);
  const settled = after(ana, { changes: { people: 'Mom' } }, [plan], { base: 6, version: 7 }).plan;
  expect([settled.fields['people'], settled.heads?.['people']?.length]).toEqual(['Mom', 1]);
  const beside = { changes: { people: 'Her mother' }, beside: true };
  const asked = after(ana, beside, [settled], { base: 7, version: 8 }).plan;
  expect(values(asked)?.map(([, value]) => value)).toEqual(['Mom', 'Her mother']);
});

test('nothing is written into the plan of who has died', () => {
  const fields = { ...clientSample(), status: 'deceased' };
  const dead: Row = { type: 'client', id: client, space: officeOf(client), version: 1, by: lee, at: AT, fields };
  expect(run(lee, { changes: { signs: 'a' } }, [dead])).toEqual({ code: 'closed', where: 'client' });
});

test('is refused where nothing is changed, where a part does not fit, and twice', () => {
  expect(run(ana, { changes: {} }, [])).toEqual({ code: 'invalid-arguments', where: 'changes' });
  expect(run(ana, { changes: { signs: '  ' } }, [])).toEqual({ code: 'invalid-arguments', where: 'changes.signs' });
  const long = { changes: { signs: 'x'.repeat(4001) } };
  expect(run(ana, long, [])).toEqual({ code: 'invalid-arguments', where: 'changes.signs' });
  expect(run(ana, { changes: { weight: '1' } }, [])).toEqual({ code: 'invalid-arguments', where: 'changes' });
  const { plan, revisions } = after(ana, { changes: { signs: 'a' } }, []);
  const again = { id: revisions[0]?.id ?? '', changes: { signs: 'a' } };
  expect(run(ana, again, [plan, ...revisions])).toEqual({ code: 'already-there', where: 'id' });
});
