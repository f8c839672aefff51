// The explicit list of what nouns say of who is told. The server's alone: no device decides it.

import { chatNotices } from './chat/notices.ts';
import { journalNotices } from './journal/notices.ts';
import type { NoticeRule } from './notification/schema.ts';
import { scheduledNotices } from './scheduled-message/notices.ts';
import { taskNotices } from './task/notices.ts';

export const noticeRules: readonly NoticeRule[] = [
  ...chatNotices,
  ...journalNotices,
  ...scheduledNotices,
  ...taskNotices,
];
