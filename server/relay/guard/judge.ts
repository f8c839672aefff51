// The guard: one update, judged against the server's copy before anything is applied. It is taken apart, trimmed to what is new,
// indexed, and each piece judged after all it stands on. Never throws and never changes the copy; what it costs follows the
// update, not the document.

import type { DocRefusal } from '../../../src/sync/core/doc-kind.ts';
import { MOST_NEW_CLIENTS } from './limits.ts';
import { Places } from './places.ts';
import { readUpdate } from './read-update.ts';
import { Refused } from './refused.ts';
import { Rules } from './rules.ts';
import { trim } from './trim.ts';
import type { News } from './trim.ts';
import type { Ask, Verdict } from './verdict.ts';
import { writeUpdate } from './write-update.ts';

/** Judges one update. */
export function judge(ask: Ask): Verdict {
  try {
    const { doc, update } = ask;
    const news = trim(readUpdate(update, doc.store.clients.size + MOST_NEW_CLIENTS), doc);
    if (news.structs.size === 0 && news.deletes.size === 0) return { kind: 'known' };
    const claims = claimsOf(news, ask);
    const places = new Places(ask, news);
    const rules = new Rules(places);
    places.judged((struct) => rules.struct(struct));
    for (const target of news.targets) rules.target(target);
    return { kind: 'new', update: writeUpdate(news), claims, appended: rules.appended };
  } catch (error) {
    if (error instanceof Refused) return refused(error.code, error.where);
    return refused('unreadable');
  }
}

/** Whoever uses a client id first in a document keeps it; what the server wrote itself is nobody's. */
function claimsOf({ structs }: News, { clients, doc, writer }: Ask): number[] {
  const claims: number[] = [];
  for (const client of structs.keys()) {
    const owner = clients.ownerOf(client);
    if (owner === null) {
      if (doc.store.clients.has(client)) throw new Refused('client-taken');
      claims.push(client);
    } else if (owner.userId !== writer.userId || owner.session !== writer.session) throw new Refused('client-taken');
  }
  return claims;
}

function refused(code: DocRefusal, where?: string): Verdict {
  return where === undefined ? { kind: 'refused', code } : { kind: 'refused', code, where };
}
