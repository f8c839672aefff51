/**
 * The one error type of the embedded PostgreSQL: everything that an operator can meet and mend.
 * Messages name folders, accounts and PostgreSQL's own start-up words, never rows or statements.
 */

export type EmbeddedPostgresFault =
  | 'unsupported' // no binaries for this machine
  | 'in-use' // another live server holds the data folder
  | 'no-account' // started as root, and no other account can be had
  | 'closed' // the account may not enter, or does not own, what it needs
  | 'gone' // the pointer names a cluster that is no longer there
  | 'init-failed'
  | 'start-failed';

export class EmbeddedPostgresError extends Error {
  readonly fault: EmbeddedPostgresFault;

  constructor(fault: EmbeddedPostgresFault, message: string) {
    super(message);
    this.name = 'EmbeddedPostgresError';
    this.fault = fault;
  }
}
