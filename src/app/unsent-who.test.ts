import { expect, test } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import type { Reader } from '../sync/client/reader.ts';
import { whoIn } from './unsent-who.tsx';

const rows: Record<string, JsonObject> = {
  'client ana': { legalName: 'Ana Torres' },
  'member okafor': { name: 'Dr. Okafor' },
};
const get: Reader['get'] = async (type, id) => {
  const fields = rows[`${type} ${id}`];
  return fields && { type, id, fields, space: 'office', version: 1, by: 'owner', at: '2026-12-01T08:00:00.000Z' };
};

test.each([
  ['client.changePrimary', { client: 'ana', to: 'okafor' }, ['Ana Torres', 'Dr. Okafor']],
  ['client.changePrimary', { client: 'ana' }, ['Ana Torres']],
  ['client.changeStatus', { client: 'ana', to: 'archived' }, ['Ana Torres']],
  ['client.pauseContact', { client: 'ana' }, ['Ana Torres']],
  ['client.pauseContact', { client: 'gone' }, []],
  ['journal.addEntry', { client: 'ana' }, []],
])('%s says whom it is about', async (name, args: JsonObject, said) => {
  expect(await whoIn({ get }, { name, args })).toEqual(said);
});
