import { useMemo, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { CheckField } from '../../../../ui/check-field.tsx';
import { ChoiceField } from '../../../../ui/choice-field.tsx';
import { List, ListRow } from '../../../../ui/list.tsx';
import { UserName } from '../../../../ui/user-text.tsx';
import { useFormat } from '../../../../ui/use-format.ts';
import { useWords } from '../../../../ui/words.ts';
import { ALIKE } from '../../queries-duplicates.ts';
import type { StaffHere } from '../../queries.ts';
import type { ClientWord } from '../../words/catalogue.ts';
import { useBirth } from '../use-birth.ts';
import type { AlikeOne, Judged, There } from './judge.ts';
import { Pages } from './pages.tsx';
import { faultWords } from './report.ts';
import { canTick, isTicked, ticked } from './ticks.ts';
import type { Ticks } from './ticks.ts';

/** Those who may be here already by what makes one think so: of some all are somebody else, and are ticked at once. */
const KINDS = ['ready', ...ALIKE, 'refused', 'differs', 'here'] as const;
type Kind = (typeof KINDS)[number];

const kindOf = (one: Judged): Kind => (one.state === 'alike' ? (one.alike[0]?.by ?? 'name') : one.state);

export interface ListRowsProps {
  judged: readonly Judged[];
  headings: readonly string[];
  providers: StaffHere['providers'];
  ticks: Ticks;
  onTick: (ticks: Ticks) => void;
  onAdd: () => void;
  onBack: () => void;
}

/** What would become of each row; nothing is done yet. */
export function ListRows({ judged, headings, providers, ticks, onTick, onAdd, onBack }: ListRowsProps) {
  const words = useWords<ClientWord>();
  const format = useFormat();
  const byKind = useMemo(
    () => new Map(KINDS.map((kind) => [kind, judged.filter((one) => kindOf(one) === kind)])),
    [judged],
  );
  const rowsOf = (kind: Kind) => byKind.get(kind) ?? [];
  const there = KINDS.filter((kind) => rowsOf(kind).length > 0);
  const [shown, setShown] = useState<Kind>(there[0] ?? 'ready');
  const rows = rowsOf(shown);
  const nameOf = (kind: Kind) =>
    kind === 'ready' || kind === 'refused' || kind === 'differs' || kind === 'here'
      ? words(`client.import.rows.${kind}`)
      : `${words('client.import.rows.alike')}: ${words(`client.alike.${kind}`)}`;
  const count = judged.filter((one) => isTicked(one, ticks)).length;
  const tick = (some: readonly Judged[], isOn: boolean) => onTick(ticked(ticks, some, isOn));
  return (
    <div className="ui-stack">
      <ChoiceField
        label={words('client.filter.whose')}
        choices={there.map((value) => ({
          value,
          label: `${nameOf(value)} (${format.number(rowsOf(value).length)})`,
        }))}
        value={shown}
        onChange={setShown}
      />
      {rows.some(canTick) && (
        <div className="ui-actions">
          <Button onClick={() => tick(rows, true)}>{words('client.import.tickAll')}</Button>
          <Button onClick={() => tick(rows, false)}>{words('client.import.tickNone')}</Button>
        </div>
      )}
      <Pages key={shown} all={rows}>
        {(some) => (
          <List label={nameOf(shown)}>
            {some.map((one) => (
              <JudgedRow
                key={one.row.n}
                {...{ one, headings, providers }}
                isOn={isTicked(one, ticks)}
                onTick={(isOn) => tick([one], isOn)}
              />
            ))}
          </List>
        )}
      </Pages>
      <div className="ui-actions">
        <Button onClick={onBack}>{words('client.import.columns')}</Button>
        {count > 0 && (
          <Button variant="primary" onClick={onAdd}>
            {words('client.import.add', { count })}
          </Button>
        )}
      </div>
    </div>
  );
}

interface JudgedRowProps extends Pick<ListRowsProps, 'headings' | 'providers'> {
  one: Judged;
  isOn: boolean;
  onTick: (isOn: boolean) => void;
}

function JudgedRow({ one, headings, providers, isOn, onTick }: JudgedRowProps) {
  const words = useWords<ClientWord>();
  const birth = useBirth();
  const place = words('client.import.row', { n: one.row.n });
  if (one.state === 'refused')
    return (
      <ListRow title={place}>
        <ul className="client-effects">
          {one.faults.map((fault) => (
            <li key={`${fault.kind} ${fault.column}`}>{faultWords(words, headings, fault)}</li>
          ))}
        </ul>
        <span className="ui-muted">
          <UserName>
            {one.row.cells
              .filter((cell) => cell.trim() !== '')
              .slice(0, 4)
              .join(' · ')}
          </UserName>
        </span>
      </ListRow>
    );
  const { details, contacts } = one.newcomer;
  // Of who was added before: whose client she is, or what is other than the row says.
  const isHere = one.state === 'here';
  const there: readonly There[] = isHere
    ? [{ field: 'primary', value: one.primary }]
    : one.state === 'differs'
      ? one.there
      : [];
  function shown(field: There['field'], value: string | null): string {
    if (field === 'birthDate') return birth(value ?? '');
    if (field !== 'primary') return value ?? '–';
    return value === null ? words('client.primary.none') : (providers.find(({ id }) => id === value)?.name ?? '–');
  }
  const name = <UserName>{details.legalName}</UserName>;
  return (
    <ListRow title={canTick(one) ? <CheckField label={name} checked={isOn} onChange={onTick} /> : name} meta={place}>
      <span className="ui-muted">
        {birth(details.birthDate)}
        {contacts.map(({ id: contact, value }) => (
          <span key={contact}>
            {' · '}
            <bdi dir="ltr">{value}</bdi>
          </span>
        ))}
      </span>
      {there.length > 0 && (
        <ul className="client-effects">
          {there.map(({ field, value }) => (
            <li key={field}>
              {words(`client.field.${field}`)}: <UserName>{shown(field, value)}</UserName>
            </li>
          ))}
        </ul>
      )}
      {one.state === 'alike' && (
        <ul className="client-effects">
          {one.alike.map((other) => (
            <li key={other.client}>
              <Other other={other} /> · {words(`client.alike.${other.by}`)}
            </li>
          ))}
        </ul>
      )}
    </ListRow>
  );
}

function Other({ other: { row, name, birthDate } }: { other: AlikeOne }) {
  const words = useWords<ClientWord>();
  const birth = useBirth();
  return (
    <>
      {row !== null && `${words('client.import.row', { n: row })}: `}
      <UserName>{name}</UserName> <span className="ui-muted">{birth(birthDate)}</span>
    </>
  );
}
