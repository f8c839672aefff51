// What a provider's clients are told of who stands in for him: known beforehand, so that their devices show it without a network.
// It lies where they read that he is away, under the id of what was agreed. The server alone writes it.

import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { id, instant } from '../fields.ts';

export const COVER_NOTICE = 'coverNotice';

const noticeFields = z.object({ absent: id, member: id, start: instant, end: instant });
export type CoverNotice = z.infer<typeof noticeFields>;

export const coverNoticeRecord = defineRecord({ name: COVER_NOTICE, schemaVersion: 1, fields: noticeFields });
