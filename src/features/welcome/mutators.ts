import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import { authored } from '../fields.ts';
import { PRACTICE } from '../space-names.ts';
import { WELCOME, WELCOME_ID, welcomeFields } from './schema.ts';

/** Words the welcome of clients to come, or switches it off; whoever has had one gets no other. */
export const wordWelcome = defineMutator({
  name: 'welcome.wordWelcome',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, welcome: welcomeFields }),
  reads: () => [{ type: WELCOME, id: WELCOME_ID }],
  resource: (a) => ({ type: WELCOME, id: WELCOME_ID, space: PRACTICE, author: a.by }),
  run(tx, { welcome }) {
    if (tx.get(WELCOME, WELCOME_ID) === undefined)
      tx.insert(WELCOME, { id: WELCOME_ID, space: PRACTICE, fields: welcome });
    else tx.update(WELCOME, WELCOME_ID, welcome);
    return undefined;
  },
});
