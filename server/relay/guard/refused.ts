// How the guard's parts say no among themselves; `judge` makes a verdict of it. The code is of the closed list; `where` names a
// root, never what was written in it.

import type { DocRefusal } from '../../../src/sync/core/doc-kind.ts';

export class Refused extends Error {
  readonly code: DocRefusal;
  readonly where: string | undefined;

  constructor(code: DocRefusal, where?: string) {
    super(code);
    this.code = code;
    this.where = where;
  }
}
