// How the protective view is read: whether it holds for a client, and every act that set or lifted it, with who and why.

import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';
import type { Member } from '../member/schema.ts';
import type { Protection, ProtectionFact } from './schema.ts';

export interface ProtectionStep {
  readonly id: string;
  readonly edSafe: boolean;
  readonly reason: string;
  readonly by: string;
  readonly name: string | undefined;
  readonly at: string;
}

export interface ProtectionView {
  readonly edSafe: boolean;
  /** Newest first. */
  readonly steps: readonly ProtectionStep[];
  /** How far the device had news when this was read: the ground of a lift. */
  readonly cursor: number;
}

/** Whether the client is protected, as this device knows. */
export async function isProtected(reader: Reader, client: string): Promise<boolean> {
  const row = (await reader.get('protection', client)) as Row<Protection> | undefined;
  return row?.fields.edSafe === true;
}

export async function protectionOf(reader: Reader, client: string): Promise<ProtectionView> {
  const cursor = await reader.cursor();
  const rows = (await reader.byRef('protectionFact', [client])) as Row<ProtectionFact>[];
  const steps = await Promise.all(
    rows.sort(newestFirst).map(async ({ id, by, fields: { edSafe, reason, at } }) => {
      const member = (await reader.get('member', by)) as Row<Member> | undefined;
      return { id, edSafe, reason, by, at, name: member?.fields.name };
    }),
  );
  return { edSafe: await isProtected(reader, client), steps, cursor };
}

/** Commit order; what is not sent yet came last. */
function newestFirst(a: Row<ProtectionFact>, b: Row<ProtectionFact>): number {
  const order = ({ version }: Row) => (version === 0 ? Number.POSITIVE_INFINITY : version);
  if (a.version !== b.version) return order(a) < order(b) ? 1 : -1;
  return a.fields.at < b.fields.at ? 1 : -1;
}
