// How the server's copy of a document takes what is in its log: as it was judged, and not a bit more.

import * as Y from 'yjs';

/**
 * Applies what is in the log, and nothing else. Yjs would take needless marks out of a text after what comes from elsewhere, and
 * nobody would hear of it: the copy would not be as the log is. That is for the copies of those who may write.
 */
export function applyLogged(doc: Y.Doc, updates: readonly Uint8Array[]): void {
  doc.transact((transaction) => {
    for (const update of updates) Y.applyUpdate(doc, update);
    transaction.local = true;
  });
}
