// How far own updates of a document have come: which wait here, which were accepted and are not back from the server yet, and
// through which sequence the server's form of the document is here.

import type { JsonObject } from '../../base/json.ts';
import type { DeviceTables } from './device-store.ts';
import { isDoneAgain } from './doc-again.ts';
import { docKey } from './doc-names.ts';
import { ownUpdates, updateOf } from './doc-outbox.ts';
import type { Desk } from './mutate.ts';

export interface DocStanding {
  readonly seq: number;
  /** `version` is 0 until the server has accepted it; without `n` it was refused, and the device itself does it again. */
  readonly own: readonly { readonly n: number | undefined; readonly version: number; readonly intent: JsonObject }[];
}

export async function docStanding(
  tables: DeviceTables,
  { cipher }: Pick<Desk, 'cipher'>,
  document: string,
): Promise<DocStanding> {
  const queued = (await ownUpdates(tables, { cipher }, document)).flatMap((entry) => {
    const intent = updateOf(entry)?.intent;
    return intent === undefined ? [] : [{ n: entry.n, version: entry.version, intent }];
  });
  const refused = (await tables.rejections.all()).filter(isDoneAgain).flatMap((one) => {
    const said = updateOf(one);
    return said?.document === document ? [{ n: undefined, version: 0, intent: said.intent }] : [];
  });
  const [here] = await tables.docs.get([docKey(cipher, document)]);
  return { seq: here?.seq ?? 0, own: [...queued, ...refused] };
}
