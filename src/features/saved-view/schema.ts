// What a member of the staff asks of the client list again and again, under a name: his own, on all his devices, and nobody else's.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { words } from '../fields.ts';

export const SAVED_VIEW = 'savedView';
export const VIEW_NAME_MAX = 80;
/** So many are kept; more nobody finds again. */
export const VIEWS_MOST = 30;

/**
 * As it stands in the address of the list, without what was typed, which is somebody's name. What a word means is for the list to say: one
 * that it does not know is as if it were not there.
 */
export const asked = z.record(
  z.string().check(z.regex(/^[a-z]{1,20}$/)),
  z.string().check(z.regex(/^[a-zA-Z0-9-]{1,40}$/)),
);
export type Asked = z.infer<typeof asked>;

/** Where it stands among the others: they come in order of it. */
export const rank = z.number().check(z.int(), z.gte(0), z.lte(1_000_000));

const viewFields = z.object({ name: words(VIEW_NAME_MAX), asked, rank });
export type SavedView = z.infer<typeof viewFields>;

export const savedViewRecord = defineRecord({ name: SAVED_VIEW, schemaVersion: 1, fields: viewFields });
