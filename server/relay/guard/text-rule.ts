// Rich text: a tree of elements and texts with attributes and marks, all by name of an allow-list. What lands in a node that
// somebody has deleted is taken as well, if it could have stood in some node.

import * as decoding from 'lib0/decoding';
import type { Json } from '../../../src/base/json.ts';
import type { TextRoot } from '../../../src/sync/core/doc-kind.ts';
import { MOST_ATTRIBUTE } from './limits.ts';
import { parseText, readString } from './read-json.ts';
import { Refused } from './refused.ts';
import { KIND } from './struct.ts';
import type { Container, Struct } from './struct.ts';
import { isDeleted } from './trim.ts';
import type { News } from './trim.ts';
import { eachValue } from './values.ts';

interface Where {
  readonly rule: TextRoot;
  readonly news: News;
}

const [ELEMENT, TEXT] = [3, 6];

/** Judges one struct in rich text. */
export function judgeText(struct: Struct, container: Container, where: Where): void {
  const refuse = (): never => {
    throw new Refused('not-allowed', container.root);
  };
  const { node } = container;
  const [isGone, isInText, isEntry] = [node === '#gone', node === '#text', struct.key !== null];
  switch (struct.kind) {
    case KIND.gone:
    case KIND.deleted:
      return;
    case KIND.string:
      return (isInText || isGone) && !isEntry ? undefined : refuse();
    case KIND.format:
      return (isInText || isGone) && !isEntry && isMark(struct, where) ? undefined : refuse();
    case KIND.any:
      return isAttribute(struct, container, where) ? undefined : refuse();
    case KIND.type:
      return isInText || isEntry || !isNode(struct, container, where) ? refuse() : undefined;
    default:
      return refuse();
  }
}

function isMark({ content }: Struct, { rule, news }: Where): boolean {
  const decoder = decoding.createDecoder(news.bytes);
  decoder.pos = content;
  const name = readString(decoder);
  const value = readString(decoder);
  if (value.length > MOST_ATTRIBUTE) throw new Refused('too-large');
  parseText(value);
  return rule.marks.includes(name);
}

function isAttribute(struct: Struct, { node }: Container, { rule, news }: Where): boolean {
  if (node === '#gone') return arePlain(struct, news);
  if (struct.key === null || node === null || !Object.hasOwn(rule.nodes, node)) return false;
  if (struct.length > 1 && !isDeleted(news, struct)) return false;
  return rule.nodes[node]?.includes(struct.key) === true && arePlain(struct, news);
}

function arePlain(struct: Struct, { bytes }: News): boolean {
  let are = true;
  const take = (value: Json, isLonger: boolean): void => {
    if (isLonger) throw new Refused('too-large');
    if (typeof value === 'object' && value !== null) are = false;
  };
  eachValue(bytes, struct, { most: MOST_ATTRIBUTE, take });
  return are;
}

function isNode(struct: Struct, container: Container, { rule, news }: Where): boolean {
  const decoder = decoding.createDecoder(news.bytes);
  decoder.pos = struct.content;
  const type = decoding.readVarUint(decoder);
  if (type !== ELEMENT && type !== TEXT) return false;
  const name = type === TEXT ? '#text' : readString(decoder);
  if (type === ELEMENT && !Object.hasOwn(rule.nodes, name)) return false;
  const depth = container.depth + 1;
  if (depth > rule.depth) throw new Refused('too-large', container.root);
  struct.inner = container.node === '#gone' ? container : { ...container, node: name, depth, type: null };
  return true;
}
