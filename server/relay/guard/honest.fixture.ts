// What honest people do in a document, at random: write, mark as read, edit and delete rich text, change their minds, lose their
// connection, start their program anew, and use programs that send everything again.

import * as Y from 'yjs';
import type { Chance } from '../../../src/sync/testing/random.ts';
import { Device, Room } from './room.fixture.ts';
import type { Verdict } from './verdict.ts';

const PEOPLE = [
  ['ann', 'ann-1'],
  ['ann', 'ann-2'],
  ['ben', 'ben-1'],
] as const;

/** A room with three devices of two people. */
export function begun(chance: Chance): { room: Room; devices: [Device, Device, Device] } {
  const room = new Room();
  const [a, b, c] = PEOPLE.map(([user, session]) => new Device(room, user, session));
  if (a === undefined || b === undefined || c === undefined) throw new Error('three devices');
  for (const device of [a, b, c]) {
    device.doc.clientID = chance.below(2 ** 32);
    device.pull();
  }
  return { room, devices: [a, b, c] };
}

/** One act of one person, unsent. */
export function act(device: Device, chance: Chance): void {
  const roll = chance.below(100);
  if (roll < 30) device.say(`m${chance.below(1e6)}`);
  else if (roll < 50) device.own.set(chance.pick(['read', 'mood', 'mark']), chance.below(1e6));
  else if (roll < 55) device.own.delete(chance.pick(['read', 'mood', 'mark']));
  else if (roll < 60) undo(device, chance);
  else if (roll < 65) device.doc.transact(() => Array.from({ length: 20 }, (_, i) => device.say(`b${i}`)));
  else edit(device, chance);
}

function undo(device: Device, chance: Chance): void {
  const manager = new Y.UndoManager(device.own, { captureTimeout: 0 });
  device.own.set('mood', chance.below(9));
  device.own.set('mood', chance.below(9));
  manager.undo();
  if (chance.happens(50)) manager.redo();
  manager.destroy();
}

function edit(device: Device, chance: Chance): void {
  const { story } = device;
  const paragraph = story.length === 0 ? undefined : story.get(chance.below(story.length));
  const words = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined;
  const roll = chance.below(100);
  if (!(paragraph instanceof Y.XmlElement) || !(words instanceof Y.XmlText) || roll < 20)
    insertParagraph(device, chance);
  else if (roll < 35) story.delete(chance.below(story.length), 1);
  else if (roll < 45) paragraph.setAttribute('align', chance.pick(['left', 'right']));
  else if (roll < 50) paragraph.removeAttribute('align');
  else if (roll < 75 || words.length === 0)
    words.insert(edge(words, chance.below(words.length + 1)), chance.pick(['a', 'bc', '😀', 'long words']));
  else {
    const from = edge(words, chance.below(words.length));
    const length = edge(words, from + 1 + chance.below(words.length - from)) - from;
    if (length === 0) return;
    if (roll < 87) words.delete(from, length);
    else words.format(from, length, chance.happens(70) ? { bold: true } : { bold: null });
  }
}

/** No editor cuts a letter in half; Yjs replaces both halves, not in all copies. */
function edge(words: Y.XmlText, at: number): number {
  const text = (words.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('');
  return /^[\uDC00-\uDFFF]/.test(text.slice(at)) ? at - 1 : at;
}

function insertParagraph({ story, doc }: Device, chance: Chance): void {
  const [paragraph, words] = [new Y.XmlElement('paragraph'), new Y.XmlText('first')];
  const at = chance.below(story.length + 1);
  const insert = () => {
    story.insert(at, [paragraph]);
    paragraph.insert(0, [words]);
  };
  if (chance.happens(50)) doc.transact(insert);
  else insert();
}

/** What was refused of a whole random history; empty where the guard took it for honest and all copies are equal at the end. */
export function faultsOfHistory(chance: Chance, steps: number): string[] {
  const { room, devices } = begun(chance);
  const faults: string[] = [];
  const take = (verdict: Verdict) => {
    if (verdict.kind === 'refused') faults.push(`${verdict.code} ${verdict.where ?? ''}`);
  };
  for (let i = 0; i < steps; i += 1) {
    const device = chance.pick(devices);
    const roll = chance.below(100);
    if (roll < 60) act(device, chance);
    else if (roll < 75) device.push().forEach(take);
    else if (roll < 87) device.pull();
    else if (roll < 91) take(device.join());
    else if (roll < 94) take(device.resync());
    else if (roll < 97) device.restart();
    else for (let acts = chance.below(30); acts > 0; acts -= 1) act(device, chance);
  }
  settle(devices, take);
  for (const device of devices) {
    if (JSON.stringify(shown(device.doc)) !== JSON.stringify(shown(room.doc))) faults.push('copies differ');
    device.doc.destroy();
  }
  return faults;
}

function settle(devices: readonly Device[], take: (verdict: Verdict) => void): void {
  for (let round = 0; round < 4; round += 1) {
    for (const device of devices) {
      device.push().forEach(take);
      device.pull();
    }
  }
}

function shown(doc: Y.Doc): unknown {
  const maps = ['by:ann', 'by:ben', 'server'].map((name) => Object.entries(doc.getMap(name).toJSON()).sort());
  return [
    doc.getArray('messages').toJSON(),
    ...maps,
    doc.getXmlFragment('story').toString(),
    [...doc.store.clients.keys()].sort().map((client) => Y.getState(doc.store, client)),
  ];
}
