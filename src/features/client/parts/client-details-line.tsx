import { useLive } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Link } from '../../../ui/link.tsx';
import { LOCALES } from '../../../ui/locale.ts';
import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { clientById, detailsById, staffHere } from '../queries.ts';
import type { SafeContact } from '../schema.ts';
import type { ClientWord } from '../words/catalogue.ts';

export interface ClientDetailsLineProps {
  client: string;
  /** Where they are corrected. */
  href: string;
  /** Where another becomes the primary provider. */
  primaryHref: string;
}

/** In the header of a chart: what she reads, how not to reach her, who is her primary provider, and where each is changed. */
export function ClientDetailsLine({ client, href, primaryHref }: ClientDetailsLineProps) {
  const words = useWords<ClientWord>();
  const read = useLive(
    async (reader) => {
      const primary = (await clientById(reader, client))?.primary;
      const { providers } = await staffHere(reader);
      const provider = providers.find(({ id }) => id === primary)?.name;
      return { client, details: await detailsById(reader, client), provider };
    },
    [client],
  );
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
      <p className="ui-actions">
        {words('client.primary.named', { name: read?.provider ?? words('client.primary.none') })}
        <Link href={primaryHref}>{words('client.together.primary')}</Link>
      </p>
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
