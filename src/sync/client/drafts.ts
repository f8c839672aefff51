// Keeps what is being typed. A form may hold what was typed before its author became a strict viewer: that does not come back.

import type { JsonObject } from '../../base/json.ts';
import type { RecordTypes } from '../core/run.ts';
import type { DeviceStore } from './device-store.ts';
import { isStrict, sensitiveNames, without } from './sensitive.ts';

/** Keeps it under its id; an empty `content` removes it. In one transaction with the look at the grants, which may change. */
export async function keepDraft(
  { store, declared, now }: { readonly store: DeviceStore; readonly declared: RecordTypes; now(): Date },
  id: string,
  content: JsonObject | null,
): Promise<void> {
  if (content === null) return store.drafts.delete(id);
  const at = now().toISOString();
  await store.transaction(async (tx) => {
    const kept = isStrict(await tx.state()) ? without(content, sensitiveNames(declared)) : content;
    await tx.drafts.put({ id, content: kept, at });
  });
}
