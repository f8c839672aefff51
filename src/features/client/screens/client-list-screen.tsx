import { useDeferredValue, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { ChoiceField } from '../../../ui/choice-field.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { Page } from '../../../ui/page.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useLocale, useWords } from '../../../ui/words.ts';
import { ClientName, ClientStatus } from '../parts/client-name.tsx';
import { useBirth } from '../parts/use-birth.ts';
import { clientsIHave, matchesName, staffHere } from '../queries.ts';
import type { ClientView } from '../queries.ts';
import { CLIENT_STATUSES } from '../schema.ts';
import type { ClientStatus as Status } from '../schema.ts';
import type { ClientWord } from '../words/catalogue.ts';
import './client-list-screen.css';

export interface ClientListScreenProps {
  hrefOf: (client: string) => string;
  /** What else stands beside a client: that something awaits there. */
  marksOf?: ((client: string) => ReactNode) | undefined;
  /** Where somebody is taken on. */
  addHref: string;
  /** Where many are, from a list. */
  importHref: string;
}

interface Filter {
  readonly name: string;
  readonly status: Status | typeof ANY;
  readonly whose: 'mine' | 'all';
  /** A provider's membership, or that there is none. */
  readonly provider: string;
}

const ANY = 'any';
const NONE = 'none';
const PAGE = 100;

/** The clients that the reader may know of: a caseload, or for the office all of the practice. */
export function ClientListScreen(props: ClientListScreenProps) {
  const words = useWords<ClientWord>();
  const { tags } = useLocale();
  const clients = useLive((reader) => clientsIHave(reader, tags), [tags]);
  const add = (
    <>
      <ButtonLink href={props.importHref}>{words('client.import')}</ButtonLink>
      <ButtonLink href={props.addHref} icon="plus">
        {words('client.add')}
      </ButtonLink>
    </>
  );
  return (
    <Page title={words('client.title')} actions={add}>
      {clients === undefined && <Skeleton rows={5} />}
      {clients?.length === 0 && (
        <EmptyState icon="clients" title={words('client.empty.title')}>
          {words('client.empty.text')}
        </EmptyState>
      )}
      {clients !== undefined && clients.length > 0 && <FilteredClients clients={clients} {...props} />}
    </Page>
  );
}

function FilteredClients({
  clients,
  hrefOf,
  marksOf,
}: Omit<ClientListScreenProps, 'addHref' | 'importHref'> & { clients: readonly ClientView[] }) {
  const words = useWords<ClientWord>();
  // Whoever has a caseload begins with it; the office, which has none, with everybody.
  const hasBoth = new Set(clients.map(({ mine }) => mine === null)).size > 1;
  const [filter, setFilter] = useState<Filter>({
    ...{ name: '', status: ANY, provider: ANY },
    whose: hasBoth ? 'mine' : 'all',
  });
  const [limit, setLimit] = useState(PAGE);
  // What is typed is shown at once; a long list follows as it can.
  const asked = useDeferredValue(filter);
  const found = useMemo(() => clients.filter((client) => matches(client, asked)), [clients, asked]);
  return (
    <>
      <Filters filter={filter} hasBoth={hasBoth} onChange={setFilter} />
      <p className="ui-muted" aria-live="polite">
        {words('client.found', { count: found.length })}
      </p>
      {found.length === 0 && <EmptyState title={words('client.none.title')}>{words('client.none.text')}</EmptyState>}
      <List label={words('client.list')}>
        {found.slice(0, limit).map((client) => (
          <ClientRow key={client.id} client={client} href={hrefOf(client.id)} marks={marksOf?.(client.id)} />
        ))}
      </List>
      {found.length > limit && <Button onClick={() => setLimit(limit + PAGE)}>{words('client.more')}</Button>}
    </>
  );
}

interface FiltersProps {
  filter: Filter;
  hasBoth: boolean;
  onChange: (filter: Filter) => void;
}

function Filters({ filter, hasBoth, onChange }: FiltersProps) {
  const words = useWords<ClientWord>();
  const providers = useLive(staffHere, [])?.providers ?? [];
  return (
    <div className="client-filters" role="search">
      <TextField
        label={words('client.search')}
        type="search"
        required={false}
        value={filter.name}
        onChange={(name) => onChange({ ...filter, name })}
      />
      <SelectField
        label={words('client.filter.status')}
        required={false}
        options={[
          { value: ANY, label: words('client.filter.anyStatus') },
          ...CLIENT_STATUSES.map((status) => ({ value: status, label: words(`client.status.${status}`) })),
        ]}
        value={filter.status}
        onChange={(status) => onChange({ ...filter, status })}
      />
      <SelectField
        label={words('client.filter.provider')}
        required={false}
        options={[
          { value: ANY, label: words('client.filter.anyProvider') },
          { value: NONE, label: words('client.filter.noProvider') },
          ...providers.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={filter.provider}
        onChange={(provider) => onChange({ ...filter, provider })}
      />
      {hasBoth && (
        <ChoiceField
          label={words('client.filter.whose')}
          choices={(['mine', 'all'] as const).map((value) => ({ value, label: words(`client.filter.${value}`) }))}
          value={filter.whose}
          onChange={(whose) => onChange({ ...filter, whose })}
        />
      )}
    </div>
  );
}

function ClientRow({ client, href, marks }: { client: ClientView; href: string; marks: ReactNode }) {
  const words = useWords<ClientWord>();
  const birth = useBirth();
  return (
    <ListRow
      href={href}
      title={<ClientName client={client} />}
      meta={
        <span className="ui-actions">
          {marks}
          {client.mine === 'primary' && <Badge kind="accent">{words('client.primary')}</Badge>}
          <ClientStatus status={client.status} />
        </span>
      }
    >
      <span className="ui-muted">{birth(client.birthDate)}</span>
    </ListRow>
  );
}

function matches(client: ClientView, { name, status, whose, provider }: Filter): boolean {
  if (provider !== ANY && (client.primary ?? NONE) !== provider) return false;
  if (whose === 'mine' && client.mine === null) return false;
  if (status !== ANY && client.status !== status) return false;
  return matchesName(client, name);
}
