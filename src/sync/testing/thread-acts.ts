// What people do in the harness's threads, and what they see of them.

import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import type { SyncServer } from '../../../server/testing/sync-server.ts';
import { changeDoc, openDoc } from '../client/docs.ts';
import type { DocAct, OpenDoc } from '../client/docs.ts';
import type { Refusal } from '../core/mutation.ts';
import type { Device } from './devices.ts';
import type { Medium } from './medium.ts';
import { memoryMedium } from './medium.ts';
import { deviceOf, said } from './people.ts';
import { declared, threadDoc } from './threads.ts';

/** A fresh device that knows threads. */
export function threadDeviceOf(server: SyncServer, name: Name, medium: Medium = memoryMedium()): Promise<Device> {
  return deviceOf(server, name, { declared, medium });
}

/** Begins a thread of Ana's and returns its id. */
export async function beginThread(server: SyncServer, device: Device): Promise<string> {
  const id = newId();
  const { client } = server.clinic.people.ana;
  const refusal = await device.act('thread.begin', {
    ...said(device.desk.memberId, device.desk.now()),
    id,
    client,
  });
  if (refusal !== undefined) throw new Error(`a thread was refused: ${refusal.code}`);
  return id;
}

/** Says something in a thread. */
export async function say(
  device: Device,
  { document, text, id = newId() }: { document: string; text: string; id?: string },
  more: Partial<DocAct> = {},
): Promise<Refusal | undefined> {
  const item = { id, by: await signatureOf(device), text };
  return changeDoc(device.desk, {
    document,
    intent: { say: item },
    change: (doc) => doc.getArray('says').push([item]),
    ...more,
  });
}

/** Sets an entry of what one says for himself. */
export async function mark(
  device: Device,
  { document, key, value }: { document: string; key: string; value: number },
): Promise<Refusal | undefined> {
  const root = `by:${await signatureOf(device)}`;
  const intent = { mark: { root, key, value } };
  return changeDoc(device.desk, { document, intent, change: (doc) => doc.getMap(root).set(key, value) });
}

/** How this device's person signs in documents. */
export async function signatureOf({ desk }: Device): Promise<string> {
  return must((await desk.store.state()).user, 'a device that was greeted');
}

interface Item {
  readonly id: string;
  readonly text: string;
}

/** What a device shows that was said in a document, in its order. */
export async function itemsOn(device: Device, document: string): Promise<Item[]> {
  const open = await openDoc(device.desk, document);
  const items = open.doc.getArray('says').toArray() as Item[];
  open.release();
  return items;
}

export async function saysOn(device: Device, document: string): Promise<string[]> {
  return (await itemsOn(device, document)).map(({ text }) => text);
}

/** What a device shows that somebody says for himself. */
export async function marksOn(device: Device, document: string, member: string): Promise<Record<string, unknown>> {
  const open = await openDoc(device.desk, document);
  const marks = open.doc.getMap(`by:${member}`).toJSON();
  open.release();
  return marks;
}

/** Opens every segment of these threads, up to the first that is empty. */
export async function openAll(
  { device, open }: { readonly device: Device; readonly open: Map<string, OpenDoc> },
  threads: readonly string[],
): Promise<void> {
  for (const thread of threads) {
    for (let segment = 1; ; segment++) {
      const document = threadDoc(thread, segment);
      const doc = open.get(document) ?? (await openDoc(device.desk, document));
      open.set(document, doc);
      if (doc.doc.getArray('says').length === 0) break;
    }
  }
}
