import { useLive } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Link } from '../../../ui/link.tsx';
import { LOCALES } from '../../../ui/locale.ts';
import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { detailsById } from '../queries.ts';
import type { SafeContact } from '../schema.ts';
import type { ClientWord } from '../words/catalogue.ts';

/** In the header of a chart: what she reads, how not to reach her, and where that is corrected. */
export function ClientDetailsLine({ client, href }: { client: string; href: string }) {
  const words = useWords<ClientWord>();
  const read = useLive(async (reader) => ({ client, details: await detailsById(reader, client) }), [client]);
  // Never one client's wishes under another's name.
  const details = read?.client === client ? read.details : null;
  if (details === null) return null;
  const { language, safeContact } = details;
  const named = nameOfLanguage(language);
  return (
    <div>
      {named && <p>{words('client.language', { language: named })}</p>}
      {safeContact && (
        <p className="ui-actions">
          {words('client.safe')}:
          <SafeContactWords safe={safeContact} />
        </p>
      )}
      <p>
        <Link href={href}>{words('client.change')}</Link>
      </p>
    </div>
  );
}

/** How not to reach her, and what to mind. */
export function SafeContactWords({ safe }: { safe: SafeContact }) {
  const words = useWords<ClientWord>();
  return (
    <>
      {(['noCalls', 'noVoicemail', 'noEmail'] as const).map(
        (name) =>
          safe[name] && (
            <Badge key={name} kind="attention">
              {words(`client.safe.${name}`)}
            </Badge>
          ),
      )}
      {safe.note && <UserName>{safe.note}</UserName>}
    </>
  );
}

/** As its readers call it. */
export const nameOfLanguage = (language: string | null | undefined): string | null | undefined =>
  LOCALES.find(({ id }) => id === language)?.name ?? language;
