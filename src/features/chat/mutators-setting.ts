// What the staff decide of conversations as such: for the practice, and for one client.

import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import type { Tx } from '../../sync/core/tx.ts';
import { authored, id, words } from '../fields.ts';
import { CHAT_SETTING, REASON_MAX, settingIdOf, spaceOfSetting } from './schema-setting.ts';
import type { ChatSetting } from './schema-setting.ts';

type Said = { readonly by: string; readonly at: string; readonly reason?: string | undefined };

/** Decides whether clients may begin direct conversations. */
export const decideBegin = defineMutator({
  name: 'chat.decideBegin',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, clientsBegin: z.boolean() }),
  reads: () => [{ type: CHAT_SETTING, id: settingIdOf(undefined) }],
  resource: () => ofSetting(undefined),
  run: (tx, { clientsBegin }) => put(tx, undefined, { clientsBegin }),
});

/**
 * Turns conversations off with a reason that all concerned read, or on again where none is given: of one client, or of the practice
 * where no client is named. What was said stays readable, and what is written meanwhile comes back to its author.
 */
export const turnOff = defineMutator({
  name: 'chat.turnOff',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, client: z.optional(id), reason: z.optional(words(REASON_MAX)) }),
  reads: (a) => [{ type: CHAT_SETTING, id: settingIdOf(a.client) }],
  resource: (a) => ofSetting(a.client),
  run: (tx, a) => put(tx, a.client, { off: offOf(a) }),
});

const offOf = ({ by, at, reason }: Said) => (reason === undefined ? null : { by, at, reason });

const ofSetting = (client: string | undefined) => ({
  type: CHAT_SETTING,
  id: settingIdOf(client),
  space: spaceOfSetting(client),
});

function put(tx: Tx, client: string | undefined, change: Partial<ChatSetting>): undefined {
  const { id: setting, space } = ofSetting(client);
  if (tx.get(CHAT_SETTING, setting) !== undefined) tx.update(CHAT_SETTING, setting, change);
  else tx.insert(CHAT_SETTING, { id: setting, space, fields: { ...(client && { client }), ...change } });
  return undefined;
}
