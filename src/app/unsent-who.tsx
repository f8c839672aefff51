import type { Json } from '../base/json.ts';
import { useLive } from '../sync/client/react.ts';
import type { Reader } from '../sync/client/reader.ts';
import type { Mutation } from '../sync/core/mutation.ts';
import { UserName } from '../ui/user-text.tsx';

/** With many at once one of these is like the other but for whom it is about. */
const OF_SOMEBODY = ['client.changePrimary', 'client.changeStatus', 'client.pauseContact'];

/** Whom an act is about, and to whom it was to give her; as far as this device knows them. */
export function UnsentWho({ mutation }: { mutation: Mutation | null | undefined }) {
  const [client, to] = useLive((reader) => whoIn(reader, mutation ?? null), [mutation]) ?? [];
  if (client === undefined) return null;
  return (
    <p>
      <UserName>{client}</UserName>
      {to !== undefined && (
        <>
          {' · '}
          <UserName>{to}</UserName>
        </>
      )}
    </p>
  );
}

export async function whoIn(reader: Pick<Reader, 'get'>, mutation: Pick<Mutation, 'name' | 'args'> | null) {
  if (mutation === null || !OF_SOMEBODY.includes(mutation.name)) return [];
  const { client, to } = mutation.args;
  const textOf = async (type: string, id: Json | undefined, field: string) => {
    const text = typeof id === 'string' ? (await reader.get(type, id))?.fields[field] : undefined;
    return typeof text === 'string' ? [text] : [];
  };
  const [her, him] = [await textOf('client', client, 'legalName'), await textOf('member', to, 'name')];
  return her.length > 0 ? [...her, ...him] : [];
}
