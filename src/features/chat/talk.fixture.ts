// What tests of conversations do on a device: say something in one part of it, and read what stands there.

import { expect } from 'vitest';
import { newId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import { changeDoc, openDoc } from '../../sync/client/docs.ts';
import type { Device } from '../../sync/testing/devices.ts';
import { sayIntent } from './doc-acts.ts';
import { doIntent } from './doc-here.ts';
import { messagesOf } from './doc-fold.ts';

/** Says it now by the device's clock, or as of `at`; gives the message's id. */
export async function say(device: Device, document: string, body: string, at = device.nowText()): Promise<string> {
  const id = newId();
  const intent = sayIntent({ id, by: must(await device.reader.userId(), 'a sign-in'), at, body });
  const change = (doc: Parameters<typeof doIntent>[0]) => void doIntent(doc, intent);
  expect(await changeDoc(device.desk, { document, intent, change })).toBeUndefined();
  return id;
}

/** What was said there, in its order. */
export async function textsOn(device: Device, document: string): Promise<string[]> {
  const open = await openDoc(device.desk, document);
  const texts = messagesOf(open.doc).map(({ body }) => body);
  open.release();
  return texts;
}
