// What a history of documents must answer well: is every word that a person was told is saved there, once, or explained to its
// author? Do all copies show the same? Is what waits done? Has somebody who was removed heard nothing new?

import type { JsonObject } from '../../base/json.ts';
import type { Name } from '../../../server/testing/clinic.ts';
import { isDoneAgain } from '../client/doc-again.ts';
import { openedBy } from '../client/doc-opened.ts';
import { updateOf } from '../client/doc-outbox.ts';
import { openDoc } from '../client/docs.ts';
import type { OpenDoc } from '../client/docs.ts';
import { Weather } from '../client/wire.ts';
import type { Device } from './devices.ts';
import type { DocActor, DocWorld } from './doc-history.ts';
import { itemsOn, openAll, threadDeviceOf } from './thread-acts.ts';
import { threadDoc } from './threads.ts';

/** More than a history fills. */
const SEGMENTS_SEEN = 4;

interface Word {
  readonly id: string;
  readonly text: string;
  /** Of a kind that the server does not take. */
  readonly isBad: boolean;
  readonly actor: DocActor;
}

interface Mark {
  readonly document: string;
  readonly value: number;
  /** How its author signs. */
  readonly by: string;
  readonly actor: DocActor;
}

export class DocMemory {
  readonly #marks: Mark[] = [];
  readonly #said = new Map<string, Word>();
  readonly #givenUp = new Set<string>();
  readonly #sentAgain = new Set<string>();
  readonly #copied = new Set<Name>();
  readonly #faults: string[] = [];
  /** While Lee is out: how much had crossed to each of his devices when he went. */
  #outFrom: Map<Device, number> | null = null;
  #wasOut = false;
  #wasRestored = false;

  hear(fault: string): void {
    this.#faults.push(fault);
  }

  /** Trouble that is not weather is a fault. */
  hearExchange(error: unknown): void {
    if (!(error instanceof Weather)) this.hear(`an exchange ended with ${String(error)}`);
  }

  said(word: Word): void {
    this.#said.set(word.id, word);
  }

  marked(mark: Mark): void {
    this.#marks.push(mark);
  }

  givenUp(args: JsonObject): void {
    this.#givenUp.add(idIn(args));
  }

  sentAgain(args: JsonObject): void {
    this.#sentAgain.add(idIn(args));
  }

  copied(name: Name): void {
    this.#copied.add(name);
  }

  restored(): void {
    this.#wasRestored = true;
  }

  cares({ actors }: DocWorld, cares: boolean): void {
    this.#lookForSecrets();
    const own = actors.filter(({ name }) => name === 'lee');
    this.#wasOut ||= !cares;
    this.#outFrom = cares ? null : new Map(own.map(({ device }) => [device, device.wire.crossed.length]));
  }

  /** Whether everything that was said on a device is in view there or back, and each open document shows what the device has. */
  async look({ threads }: DocWorld, { name, device, open }: DocActor): Promise<void> {
    // As a browser's news of its store would.
    for (const shown of openedBy(device.desk).values()) await shown.refresh();
    const rejections = await device.rejections();
    // What is about to be done again is in view till then.
    const back = new Set(rejections.filter((one) => !isDoneAgain(one)).map((one) => idIn(updateOf(one) ?? {})));
    const seen = new Set<string>();
    for (const thread of threads)
      for (let segment = 1; segment <= SEGMENTS_SEEN; segment++)
        for (const { id } of await itemsOn(device, threadDoc(thread, segment))) seen.add(id);
    // What a restore has lost comes back with an exchange that ends well; what is of a space that was lost does not.
    const isSure = name === 'ana' && !this.#wasRestored;
    for (const [id, { actor }] of isSure ? this.#said : [])
      if (actor.device === device && !seen.has(id) && !back.has(id) && !this.#givenUp.has(id))
        this.hear(`${id} went out of view`);
    const tab = await device.otherTab();
    for (const [document, doc] of open) {
      const [shown, has] = [doc.doc.getArray('says').toJSON(), await itemsOn(tab, document)];
      if (JSON.stringify(shown) !== JSON.stringify(has)) this.hear(`${document} shows what is not here`);
    }
    tab.lock();
  }

  async verdict(world: DocWorld): Promise<string[]> {
    const { server, actors, threads } = world;
    const faults = [...this.#faults, ...server.bugs.map((bug) => `a bug: ${String(bug)}`)];
    const fresh = { device: await threadDeviceOf(server, 'lee'), open: new Map<string, OpenDoc>() };
    for (let round = 0; round < 10; round++) {
      await fresh.device.exchange();
      await openAll(fresh, threads);
    }
    const truth = shownBy(fresh.open);
    if (threads.length > 0 && truth.size === 0) faults.push('nothing is to be seen');
    for (const [i, actor] of actors.entries())
      faults.push(...(await judgeDevice(actor, truth, `device ${i} (${actor.name})`)));
    const counts = new Map<string, number>();
    for (const name of fresh.open.keys())
      for (const { id } of await itemsOn(fresh.device, name)) counts.set(id, (counts.get(id) ?? 0) + 1);
    faults.push(...this.#judgeMarks(fresh.open));
    for (const doc of fresh.open.values()) doc.release();
    fresh.device.lock();
    return [...faults, ...(await this.#judgeWords(actors, counts))];
  }

  async #judgeWords(actors: readonly DocActor[], counts: ReadonlyMap<string, number>): Promise<string[]> {
    const rejections = (await Promise.all(actors.map(({ device }) => device.rejections()))).flat();
    const explained = new Map(rejections.map((one) => [idIn(updateOf(one) ?? {}), one.code]));
    const faults: string[] = [];
    for (const [id, code] of explained) {
      const word = this.#said.get(id);
      // What came back for whatever reason to who was out then is his to decide.
      const isOfOut = this.#wasOut && word?.actor.name === 'lee' && code !== 'failed';
      // After a restore a thread is there when the device that began it has been there again.
      const isOfLost = this.#wasRestored && code === 'not-there';
      const isOwed = isOfOut || isOfLost || (word?.isBad === true && code === 'invalid');
      if (word !== undefined && !isOwed) faults.push(`${id} came back as ${code}`);
    }
    for (const [id, { isBad, actor }] of this.#said) {
      const count = counts.get(id) ?? 0;
      if (count > 1) faults.push(`${id} of ${actor.name} is there ${count} times`);
      if (count > 0 && isBad) faults.push(`${id} is there and should not be`);
      if (count === 0 && !explained.has(id) && !this.#givenUp.has(id)) faults.push(`${id} of ${actor.name} is lost`);
      const isTold = this.#sentAgain.has(id) || this.#copied.has(actor.name);
      if (count > 0 && explained.has(id) && !isTold) faults.push(`${id} is there and came back as refused`);
    }
    return faults;
  }

  /** What somebody says for himself is what one of his devices has said last. Of Lee, and where something was lost, nothing is sure. */
  #judgeMarks(open: ReadonlyMap<string, OpenDoc>): string[] {
    if (this.#wasRestored || this.#givenUp.has('')) return [];
    const faults: string[] = [];
    for (const [document, { doc }] of open) {
      const own = this.#marks.filter((one) => one.document === document && one.actor.name === 'ana');
      const last = new Map(own.map(({ actor, value }) => [actor, value]));
      const by = own[0]?.by;
      const shown = Object.values(doc.getMap(`by:${by}`).toJSON() as Record<string, number>);
      if (
        (own.length > 0 && !shown.every((value) => [...last.values()].includes(value))) ||
        (own.length > 0 && shown.length === 0)
      )
        faults.push(
          `${document} is marked ${shown.join()}, and last was ${[...last.values()].join()} of ${own.map(({ value }) => value).join()}`,
        );
    }
    return faults;
  }

  #lookForSecrets(): void {
    for (const [device, from] of this.#outFrom ?? []) {
      const told = device.wire.crossed
        .slice(from)
        .filter(({ path, status }) => path.endsWith('/documents') && status === 200);
      const hasAny = told.some(({ answer }) =>
        (JSON.parse(answer) as { documents: JsonObject[] }).documents.some((one) => one['code'] === undefined),
      );
      if (hasAny) this.hear('who was removed was told of a document');
    }
  }
}

/** What is on the screen of each open document, as text. */
function shownBy(open: ReadonlyMap<string, OpenDoc>): Map<string, string> {
  const shown = new Map<string, string>();
  for (const [name, { doc }] of open) {
    const roots = [...doc.share.keys()].toSorted().map((root) => {
      const value = root === 'says' ? doc.getArray(root).toJSON() : doc.getMap(root).toJSON();
      return [root, value] as const;
    });
    const filled = roots.filter(([, value]) => Object.keys(value as object).length > 0);
    if (filled.length > 0) shown.set(name, JSON.stringify(filled));
  }
  return shown;
}

async function judgeDevice(
  { device, open }: DocActor,
  truth: ReadonlyMap<string, string>,
  who: string,
): Promise<string[]> {
  const faults: string[] = [];
  const compare = (shown: ReadonlyMap<string, string>, what: string) => {
    for (const name of new Set([...truth.keys(), ...shown.keys()]))
      if (truth.get(name) !== shown.get(name))
        faults.push(`${who} ${what} of ${name}: ${shown.get(name)}, the server ${truth.get(name)}`);
  };
  compare(shownBy(open), 'shows');
  if ((await device.store.outbox.count()) > 0) faults.push(`${who} still has an outbox`);
  if ((await device.store.docs.due()).length > 0) faults.push(`${who} still has something to fetch`);
  const tab = await device.otherTab();
  const again = new Map<string, OpenDoc>();
  for (const name of open.keys()) again.set(name, await openDoc(tab.desk, name));
  compare(shownBy(again), 'opened anew shows');
  for (const doc of again.values()) doc.release();
  tab.lock();
  return faults;
}

function idIn(args: JsonObject): string {
  const intent = (args['intent'] ?? {}) as { say?: { id: string } };
  return intent.say?.id ?? '';
}
