import { useLive } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Link } from '../../../ui/link.tsx';
import { LOCALES } from '../../../ui/locale.ts';
import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { detailsById } from '../queries.ts';
import type { ClientWord } from '../words/catalogue.ts';

/** In the header of a chart: what she reads, how not to reach her, and where that is corrected. */
export function ClientDetailsLine({ client, href }: { client: string; href: string }) {
  const words = useWords<ClientWord>();
  const read = useLive(async (reader) => ({ client, details: await detailsById(reader, client) }), [client]);
  // Never one client's wishes under another's name.
  const details = read?.client === client ? read.details : null;
  if (details === null) return null;
  const { language, safeContact } = details;
  const named = LOCALES.find(({ id }) => id === language)?.name ?? language;
  return (
    <div>
      {named && <p>{words('client.language', { language: named })}</p>}
      {safeContact && (
        <p className="ui-actions">
          {words('client.safe')}:
          {(['noCalls', 'noVoicemail', 'noEmail'] as const).map(
            (name) =>
              safeContact[name] && (
                <Badge key={name} kind="attention">
                  {words(`client.safe.${name}`)}
                </Badge>
              ),
          )}
          {safeContact.note && <UserName>{safeContact.note}</UserName>}
        </p>
      )}
      <p>
        <Link href={href}>{words('client.change')}</Link>
      </p>
    </div>
  );
}
