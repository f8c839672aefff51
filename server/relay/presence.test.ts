// Who is told what of whom: what a kind keeps from a member, and that of whom he was told nothing he is not told either that he has gone.

import { expect, test } from 'vitest';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { JsonObject } from '../../src/base/json.ts';
import { Presence, Present } from './presence.ts';

const KEY = 'p d:1';

class Peer {
  readonly heard: JsonObject[] = [];
  readonly own = new Awareness(new Y.Doc());
  readonly others = new Awareness(new Y.Doc());
  readonly present: Present;
  readonly #presence: Presence;

  constructor(presence: Presence, id: string, sees = (state: JsonObject): JsonObject | null => state) {
    this.#presence = presence;
    this.present = new Present({ identity: { id }, session: id, sees }, (message) => {
      applyAwarenessUpdate(this.others, message, 'server');
      this.heard.push(Object.fromEntries(this.states().map((state, i) => [i, state])));
    });
    this.others.setLocalState(null);
    presence.join(KEY, this.present);
  }

  say(state: JsonObject | null): void {
    this.own.setLocalState(state);
    this.#presence.say(KEY, this.present, encodeAwarenessUpdate(this.own, [this.own.clientID]));
  }

  states(): JsonObject[] {
    return [...this.others.getStates().values()] as JsonObject[];
  }

  end(): void {
    for (const awareness of [this.own, this.others]) awareness.destroy();
  }
}

test('a member is told as much of another as the kind says, and nothing of whom he is to know nothing', () => {
  const presence = new Presence();
  const typingOnly = ({ typing }: JsonObject) => (typing === true ? { typing } : null);
  const [staff, colleague, client] = [
    new Peer(presence, 'lee'),
    new Peer(presence, 'okafor'),
    new Peer(presence, 'ana', typingOnly),
  ];
  staff.say({ isOpen: true });
  expect(colleague.states()).toEqual([{ isOpen: true, user: { id: 'lee' } }]);
  staff.say({ isOpen: true, typing: true });
  expect(client.heard).toEqual([{ 0: { typing: true, user: { id: 'lee' } } }]);
  staff.say({ isOpen: true });
  expect([client.heard.length, client.states()]).toEqual([2, []]);
  staff.say({ isOpen: true });
  presence.leave(KEY, staff.present);
  expect(client.heard).toHaveLength(2);
  expect(colleague.states()).toEqual([]);

  const late = new Peer(presence, 'ben', typingOnly);
  colleague.say({ isOpen: true });
  const later = new Peer(presence, 'cara', typingOnly);
  expect([late.heard, later.heard]).toEqual([[], []]);
  for (const peer of [staff, colleague, client, late, later]) peer.end();
});
