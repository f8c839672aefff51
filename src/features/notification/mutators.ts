import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import { authored } from '../fields.ts';
import { userOf } from '../space-names.ts';
import { hourOfDay, NOTIFICATION, noticeLanguage, noticeSwitches, quietHours } from './schema.ts';

/** Changes what is named and nothing else, so that what was chosen on two devices holds side by side. */
export const choose = defineMutator({
  name: 'notification.choose',
  version: 1,
  verb: 'create',
  args: z.strictObject({
    ...authored,
    switches: z.optional(noticeSwitches),
    quiet: z.optional(quietHours),
    digestHour: z.optional(hourOfDay),
    language: z.optional(noticeLanguage),
  }),
  reads: (a) => [{ type: NOTIFICATION, id: a.by }],
  resource: (a) => ({ type: NOTIFICATION, id: a.by, space: userOf(a.by), author: a.by }),
  run(tx, { by, at: _, switches, ...chosen }) {
    const before = tx.get(NOTIFICATION, by)?.fields['switches'] as object | undefined;
    const fields = { ...chosen, switches: { ...before, ...switches } };
    if (before === undefined) tx.insert(NOTIFICATION, { id: by, space: userOf(by), fields });
    else tx.update(NOTIFICATION, by, fields);
    return undefined;
  },
});
