// What the practice says first to a client, in the conversation with her care team: one text for all, which the office words.

import * as z from 'zod/mini';
import { namedId } from '../../base/named-id.ts';
import { defineRecord } from '../../sync/core/declare.ts';
import { words } from '../fields.ts';

export const WELCOME = 'welcome';
export const WELCOME_MAX = 2000;
/** One row a practice. */
export const WELCOME_ID = namedId('welcome');

export const welcomeFields = z.strictObject({ isOn: z.boolean(), text: words(WELCOME_MAX) });
export type Welcome = z.infer<typeof welcomeFields>;

export const welcomeRecord = defineRecord({ name: WELCOME, schemaVersion: 1, fields: welcomeFields });

/** What holds until the office has said otherwise. */
export const WELCOME_DEFAULT: Welcome = {
  isOn: true,
  text:
    'Welcome. Here you and your care team write to each other between visits: questions, how it is going, what you want to talk about next time. ' +
    'We read messages on working days, and an answer can take some days. Nobody watches this at night or on weekends: in an emergency, use the crisis help at the top of every screen.',
};
