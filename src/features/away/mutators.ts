import * as z from 'zod/mini';
import { defineMutator } from '../../sync/core/declare.ts';
import { authored, instant, words, zone } from '../fields.ts';
import { caseloadOf } from '../spaces.ts';
import { AWAY, awayDay } from './schema.ts';
import type { Away } from './schema.ts';

export const AWAY_TEXT_MAX = 1000;
const text = words(AWAY_TEXT_MAX);

const setting: z.ZodMiniType<Away> = z.strictObject({
  isOn: z.boolean(),
  once: z.exactOptional(
    z
      .strictObject({ from: instant, to: z.exactOptional(instant), text })
      .check(z.refine(({ from, to }) => to === undefined || from < to, { error: 'to', path: ['to'] })),
  ),
  weekly: z.exactOptional(z.strictObject({ days: z.array(awayDay).check(z.length(7)), text, zone })),
});

/** Says when one is away, and what one's clients are told then; what was said before is gone. */
export const choose = defineMutator({
  name: 'away.choose',
  version: 1,
  verb: 'create',
  args: z.strictObject({ ...authored, setting }),
  reads: (a) => [{ type: AWAY, id: a.by }],
  resource: (a) => ({ type: AWAY, id: a.by, space: caseloadOf(a.by), author: a.by }),
  run(tx, { by, setting: chosen }) {
    // What is not named any more is not left standing.
    const fields = { once: null, weekly: null, ...chosen };
    if (tx.get(AWAY, by) === undefined) tx.insert(AWAY, { id: by, space: caseloadOf(by), fields });
    else tx.update(AWAY, by, fields);
    return undefined;
  },
});
