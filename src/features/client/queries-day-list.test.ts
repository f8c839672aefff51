import { expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { toLocalRow } from '../../sync/client/local-rows.ts';
import { createReader } from '../../sync/client/reader.ts';
import { MemoryDisk } from '../../sync/testing/memory-device.ts';
import { declared } from '../shared.ts';
import { officeOf, staffOf } from '../space-names.ts';
import { dayListOf } from './queries-day-list.ts';
import { clientSample } from './samples.ts';

test('the list has who was shown, in that order, with their own numbers, what to mind, and what is due here', async () => {
  const store = new MemoryDisk().open();
  const ground = { declared, cipher: { token: (word: string) => word } };
  const reader = createReader(store, ground, newId());
  const [ana, ben, gone] = [newId(), newId(), newId()];
  const put = (type: string, id: string, space: string, fields: JsonObject) =>
    store.rows.put([
      toLocalRow(ground, { id, type, space, version: 1, by: 'me', at: '2026-11-01T08:00:00.000Z', fields }),
    ]);
  await put('client', ana, officeOf(ana), clientSample({ safeContact: { noCalls: true } }));
  await put('client', ben, officeOf(ben), clientSample({ legalName: 'Ben Ortiz', status: 'prospect' }));
  const contact = (client: string, kind: string, value: string) =>
    put('contact', newId(), officeOf(client), { client, kind, value });
  await contact(ana, 'phone', '+1 555 010 0178');
  await contact(ana, 'emergency', '+1 555 010 0143');
  await contact(ben, 'phone', '+1 555 010 0166');
  const task = (dueAt: string, status: string) =>
    put('task', newId(), staffOf(ana), {
      ...{ client: ana, about: newId(), reason: 'flag', status, note: 'zq-note' },
      ...{ dueAt, at: '2026-11-01T08:00:00.000Z', zone: 'UTC' },
    });
  await task('2026-11-05T08:00:00.000Z', 'requested');
  await task('2026-11-03T08:00:00.000Z', 'in-progress');
  await task('2026-11-02T08:00:00.000Z', 'completed');
  const list = await dayListOf(reader, [ben, gone, ana]);
  expect(list.map(({ id }) => id)).toEqual([ben, ana]);
  expect(list[0]).toMatchObject({ phones: ['+1 555 010 0166'], status: 'prospect', tasks: 0, dueAt: null });
  expect(list[1]).toMatchObject({
    ...{ phones: ['+1 555 010 0178'], safeContact: { noCalls: true } },
    ...{ tasks: 2, dueAt: '2026-11-03T08:00:00.000Z' },
  });
  // What the tasks say is for the screen.
  expect(JSON.stringify(list)).not.toContain('zq-note');
});
