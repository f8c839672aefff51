// The second judge, for tests: lets Yjs apply an update to a copy and looks at what has become of it. It shares no code with the
// guard and none of its way of looking: the guard reads structs before they are applied, this one reads the document afterwards.

import * as Y from 'yjs';
import type { DocKind, DocRoot, LogRoot, TextRoot } from '../../../src/sync/core/doc-kind.ts';
import type { Ask, Verdict } from './verdict.ts';

type Type = NonNullable<ReturnType<Y.Doc['share']['get']>>;
type Accepted = Extract<Verdict, { kind: 'new' }>;

/** Everything that a verdict to take an update has let happen and should not have; empty where it was right. */
export function faultsOf(ask: Ask, verdict: Verdict): string[] {
  if (verdict.kind === 'refused') return [];
  const state = Y.encodeStateAsUpdate(ask.doc);
  // What is known may say anything: Yjs reads it and fails over it, which is why it is not passed on.
  const received = appliedTo(state, ask.update);
  if (verdict.kind === 'known') return typeof received === 'string' ? [] : changesOf(state, received);
  const after = appliedTo(state, verdict.update);
  if (typeof after === 'string') return [`what was passed on: ${after}`];
  const faults = inspected(ask, verdict, after);
  const isSame = typeof received === 'string' || isCut(ask) || means(ask.kind, received) === means(ask.kind, after);
  if (!isSame) faults.push('trimmed means something else than received');
  const late = appliedTo(Y.encodeStateAsUpdate(after), new Uint8Array([0, 0]));
  if (typeof late === 'string' || text(late) !== text(after)) faults.push('a late reader sees something else');
  // A copy that collects nothing takes the same.
  const keeper = appliedTo(state, verdict.update, false);
  if (typeof keeper === 'string') faults.push(`where nothing is collected: ${keeper}`);
  return faults;
}

function appliedTo(state: Uint8Array, update: Uint8Array, gc = true): Y.Doc | string {
  const doc = new Y.Doc({ gc });
  Y.applyUpdate(doc, state);
  try {
    Y.applyUpdate(doc, update);
    doc.toJSON();
  } catch (error) {
    return `threw ${String(error)}`;
  }
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return 'is waiting for something';
  return doc;
}

/** Whether the server has a struct in part: its front may say another place than it has, and is not believed. */
function isCut({ doc, update }: Ask): boolean {
  const before = Y.decodeStateVector(Y.encodeStateVector(doc));
  return Y.decodeUpdate(update).structs.some(({ id, length }) => {
    const known = before.get(id.client) ?? 0;
    return id.clock < known && known < id.clock + length;
  });
}

/** Whether reading it adds or deletes anything. */
function changesOf(state: Uint8Array, received: Y.Doc): string[] {
  const before = new Y.Doc();
  Y.applyUpdate(before, state);
  return ticksOf(before) === ticksOf(received) ? [] : ['said to be known, and it changes something'];
}

function ticksOf(doc: Y.Doc): string {
  const alive = [...doc.share.values()].flatMap((type) => [...aliveOf(type).keys()]).sort();
  return JSON.stringify([[...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b), alive]);
}

/** What can be read: lists in their order, entries by their ids. */
function text(doc: Y.Doc): string {
  return JSON.stringify(
    [...doc.share.keys()]
      .sort()
      .map((name) => readable(root(doc, name)))
      .filter(Boolean),
  );
}

/** The same of what is declared: received bytes may name roots that are dropped. */
function means(kind: DocKind, doc: Y.Doc): string {
  const names = [...doc.share.keys()].filter((name) => ruleOf(kind, name) !== null).sort();
  return JSON.stringify(names.map((name) => [name, readable(root(doc, name))]).filter(([, shown]) => shown !== ''));
}

function readable(type: Type): string {
  const [list, entries]: [string[], string[]] = [[], []];
  for (const [id, [value, key]] of aliveOf(type)) (key === null ? list : entries).push(`${id} ${key} ${value}`);
  return [...list, ...entries.sort()].join('\n');
}

function root(doc: Y.Doc, name: string): Type {
  const type = doc.share.get(name);
  if (type === undefined) throw new Error(`no root ${name}`);
  return type;
}

function ruleOf(kind: DocKind, name: string): DocRoot | null {
  for (const [pattern, rule] of Object.entries(kind.roots)) {
    const [prefix = '', star] = pattern.split(':');
    if (star === '*' ? name.startsWith(`${prefix}:`) && name !== pattern : name === pattern) return rule;
  }
  return null;
}

/** All items below a type, deleted ones too, without recursion. */
function itemsOf(type: Type): Y.Item[] {
  const found: Y.Item[] = [];
  const types = [type];
  for (let next = types.pop(); next !== undefined; next = types.pop()) {
    const lists = [...next._map.values()].map((item) => [item, 'left'] as const);
    for (const [start, way] of [[next._start, 'right'] as const, ...lists]) {
      for (let item = start; item !== null; item = item[way]) {
        found.push(item);
        if (item.content instanceof Y.ContentType) types.push(item.content.type);
      }
    }
  }
  return found;
}

/** Half of a letter of two. Where Yjs has to cut one, and be it only to read what is known, it replaces both halves. */
const HALF = /^[\uD800-\uDFFF\uFFFD]$/;

type Alive = ReadonlyMap<string, readonly [shown: string, key: string | null, value: unknown]>;

function shownAs(value: unknown): string {
  if (value instanceof Y.AbstractType) return value.constructor.name;
  return typeof value === 'string' && HALF.test(value) ? 'half' : JSON.stringify(value);
}

/** Each clock tick that is alive, with what it holds. */
function aliveOf(type: Type): Alive {
  const alive = new Map<string, readonly [string, string | null, unknown]>();
  for (const { deleted, content, length, id, parentSub } of itemsOf(type)) {
    if (deleted) continue;
    const values: unknown[] =
      content instanceof Y.ContentFormat ? [[content.key, content.value]] : content.getContent();
    for (let i = 0; i < length; i += 1) {
      const value = values[i];
      const shown = shownAs(value);
      alive.set(`${id.client}:${id.clock + i}`, [shown, parentSub, value]);
    }
  }
  return alive;
}

function inspected(ask: Ask, verdict: Accepted, after: Y.Doc): string[] {
  const { kind, doc, writer } = ask;
  const faults = clockFaults(ask, verdict, after);
  const appended: string[] = [];
  for (const name of after.share.keys()) {
    const rule = ruleOf(kind, name);
    if (rule === null) faults.push(`a root ${name}`);
    if (rule === null) continue;
    const [old, now]: [Alive, Alive] = [
      doc.share.has(name) ? aliveOf(root(doc, name)) : new Map(),
      aliveOf(root(after, name)),
    ];
    const isChanged = old.size !== now.size || [...now.keys()].some((id) => !old.has(id));
    const isOwn = rule.rule === 'own' && name === `${name.split(':')[0]}:${writer.userId}`;
    if (isChanged && !writer.mayWrite(name)) faults.push(`${name} is changed by who may not`);
    if (isChanged && (rule.rule === 'server' || (rule.rule === 'own' && !isOwn))) faults.push(`${name} is changed`);
    for (const [id, [value]] of old)
      if ((now.get(id)?.[0] ?? value) !== value) faults.push(`${name} says other things`);
    if (rule.rule === 'log')
      faults.push(...logFaults({ name, rule, old, now, writer: writer.userId, after, appended }));
    if (rule.rule === 'own') faults.push(...ownFaults({ name, rule, after, old }));
    if (rule.rule === 'text') faults.push(...textFaults(root(after, name), rule));
  }
  const told = verdict.appended.map(({ value }) => JSON.stringify(value));
  if (told.sort().join() !== appended.sort().join()) faults.push('what was appended is not what is told');
  return faults;
}

/** Clocks go on for the writer's client ids only, and nothing known is passed on. */
function clockFaults({ kind, doc, clients, writer }: Ask, { update, claims }: Accepted, after: Y.Doc): string[] {
  const faults: string[] = [];
  const before = Y.decodeStateVector(Y.encodeStateVector(doc));
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(after))) {
    if ((before.get(client) ?? 0) === clock) continue;
    const owner = clients.ownerOf(client);
    const isClaimed = owner === null && !before.has(client) && claims.includes(client);
    const isOwn = owner?.userId === writer.userId && owner.session === writer.session;
    if (!isClaimed && !isOwn) faults.push(`client ${client} is not the writer's`);
  }
  const { structs } = Y.decodeUpdate(update);
  for (const struct of structs) {
    if (struct.id.clock < (before.get(struct.id.client) ?? 0)) faults.push('something known is passed on');
    if (struct instanceof Y.Skip) faults.push('a gap is passed on');
    const hasText = Object.values(kind.roots).some(({ rule }) => rule === 'text');
    if (struct instanceof Y.GC && !hasText) faults.push('something collected is passed on');
  }
  return faults;
}

function logFaults(look: {
  name: string;
  rule: LogRoot;
  old: Alive;
  now: Alive;
  writer: string;
  after: Y.Doc;
  appended: string[];
}): string[] {
  const faults: string[] = [];
  for (const id of look.old.keys()) if (!look.now.has(id)) faults.push(`${look.name} has lost an item`);
  for (const [id, [, , value]] of look.now) {
    if (look.old.has(id)) continue;
    look.appended.push(JSON.stringify(value));
    const item = value as Record<string, unknown>;
    if (typeof item !== 'object' || item === null) {
      faults.push(`${look.name} has no object`);
      continue;
    }
    if (item[look.rule.author] !== look.writer) faults.push(`${look.name} has an item of another`);
    if (Buffer.byteLength(JSON.stringify(item)) > look.rule.itemBytes) faults.push(`${look.name} has a large item`);
    if (Object.getPrototypeOf(item) !== Object.prototype) faults.push(`${look.name} has an odd item`);
    faults.push(...thrown(`${look.name} has an item that does not fit`, () => look.rule.parse(item)));
  }
  const type = root(look.after, look.name);
  if (type._map.size > 0) faults.push(`${look.name} has keys`);
  for (const { content, rightOrigin, deleted, id } of itemsOf(type)) {
    if (deleted) faults.push(`${look.name} has something deleted`);
    if (!(content instanceof Y.ContentAny || content instanceof Y.ContentJSON)) faults.push(`${look.name} has no JSON`);
    if (rightOrigin !== null) faults.push(`${look.name} has ${id.client}:${id.clock} in its middle`);
  }
  return faults;
}

function ownFaults(look: {
  name: string;
  rule: Extract<DocRoot, { rule: 'own' }>;
  after: Y.Doc;
  old: Alive;
}): string[] {
  const faults: string[] = [];
  const type = root(look.after, look.name);
  if (type._start !== null) faults.push(`${look.name} has a list`);
  if (type._map.size > look.rule.mostKeys) faults.push(`${look.name} has too many keys`);
  for (const [key, item] of type._map) {
    if (item.deleted || look.old.has(`${item.id.client}:${item.id.clock + item.length - 1}`)) continue;
    if (!(item.content instanceof Y.ContentAny || item.content instanceof Y.ContentJSON))
      faults.push(`${key} is no JSON`);
    const value: unknown = item.content.getContent().at(-1);
    if (Buffer.byteLength(JSON.stringify(value) ?? '') > look.rule.valueBytes) faults.push(`${key} is large`);
    faults.push(...thrown(`${look.name} does not fit`, () => look.rule.parse(key, value)));
  }
  return faults;
}

function textFaults(type: Type, rule: TextRoot): string[] {
  const faults: string[] = [];
  for (const item of itemsOf(type)) {
    if (item.deleted) continue;
    const { parent, content, parentSub } = item;
    const isText = parent instanceof Y.XmlText;
    const name = parent instanceof Y.XmlElement ? parent.nodeName : null;
    if (parentSub !== null) {
      const isListed = name !== null && rule.nodes[name]?.includes(parentSub) === true;
      if (!isListed || !(content instanceof Y.ContentAny)) faults.push(`attribute ${parentSub} of ${String(name)}`);
    } else if (content instanceof Y.ContentType) {
      const { type: node } = content;
      const isListed =
        node instanceof Y.XmlText || (node instanceof Y.XmlElement && Object.hasOwn(rule.nodes, node.nodeName));
      if (!isListed || isText) faults.push('a node that is not listed');
    } else if (content instanceof Y.ContentFormat) {
      if (!isText || !rule.marks.includes(content.key)) faults.push(`a mark ${content.key}`);
    } else if (!(content instanceof Y.ContentString) || !isText) faults.push('something else in the text');
    let depth = 0;
    for (let up: Y.Item | null = item; up !== null; up = (up.parent as Type)._item) depth += 1;
    if (depth > rule.depth + 1) faults.push('too deep');
  }
  return faults;
}

function thrown(fault: string, run: () => unknown): string[] {
  try {
    run();
    return [];
  } catch {
    return [fault];
  }
}
