import { useLive } from '../../../sync/client/react.ts';
import { useWords } from '../../../ui/words.ts';
import { clientById } from '../queries.ts';
import type { ClientWord } from '../words/catalogue.ts';
import { ClientName } from './client-name.tsx';
import { useBirth } from './use-birth.ts';

/** Name and birth date in one line of words, for a row that is a link already. */
export function ClientLine({ client: id }: { client: string }) {
  const words = useWords<ClientWord>();
  const birth = useBirth();
  const read = useLive(async (reader) => ({ id, client: await clientById(reader, id) }), [id]);
  if (read?.id !== id) return null;
  const { client } = read;
  if (client === null) return words('client.gone');
  return (
    <>
      <ClientName client={client} /> <span className="client-birth">{birth(client.birthDate)}</span>
    </>
  );
}
