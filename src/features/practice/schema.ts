import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { words } from '../fields.ts';

/** Help in a crisis, in the practice's own words for one language. */
const crisisHelp = z.object({
  text: words(1000),
  links: z.array(z.object({ label: words(80), phone: z.string().check(z.regex(/^\+?[0-9]{2,15}$/)) })),
});

const practiceFields = z.object({
  name: words(200),
  timezone: z.string(),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  /** By language tag; a language without an entry falls back to the product's own words. */
  crisis: z.record(z.string(), crisisHelp),
});
export type Practice = z.infer<typeof practiceFields>;

/** The practice itself: one row in its public space. */
export const practiceRecord = defineRecord({ name: 'practice', schemaVersion: 1, fields: practiceFields });
