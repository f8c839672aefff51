// The explicit list of what nouns say of who is told. The server's alone: no device decides it.

import { journalNotices } from './journal/notices.ts';
import type { NoticeRule } from './notification/schema.ts';
import { taskNotices } from './task/notices.ts';

export const noticeRules: readonly NoticeRule[] = [...journalNotices, ...taskNotices];
