// The list of migrations, in order of name. One is never changed or removed once it was released; new ones are added.

import type { Migration } from 'kysely';
import * as practice from './migrations/0001-practice.ts';
import * as identity from './migrations/0002-identity.ts';
import * as engine from './migrations/0003-engine.ts';
import * as files from './migrations/0004-files.ts';
import * as fileSums from './migrations/0005-file-sums.ts';
import * as notices from './migrations/0006-notices.ts';
import * as fileLooks from './migrations/0007-file-looks.ts';
import * as documents from './migrations/0008-documents.ts';
import * as automatic from './migrations/0009-automatic.ts';
import * as documentWatch from './migrations/0010-document-watch.ts';

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-practice': practice,
  '0002-identity': identity,
  '0003-engine': engine,
  '0004-files': files,
  '0005-file-sums': fileSums,
  '0006-notices': notices,
  '0007-file-looks': fileLooks,
  '0008-documents': documents,
  '0009-automatic': automatic,
  '0010-document-watch': documentWatch,
};
