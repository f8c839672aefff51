import { useMemo, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { CheckField } from '../../../../ui/check-field.tsx';
import { ChoiceField } from '../../../../ui/choice-field.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { SelectField } from '../../../../ui/select-field.tsx';
import { UserName } from '../../../../ui/user-text.tsx';
import { useFaultFocus } from '../../../../ui/use-fault-focus.ts';
import { useWords } from '../../../../ui/words.ts';
import type { StaffHere } from '../../queries.ts';
import type { ClientWord } from '../../words/catalogue.ts';
import { useBirth } from '../use-birth.ts';
import { faultOfColumns, IMPORT_FIELDS } from './columns.ts';
import type { ImportField } from './columns.ts';
import { DAY_ORDERS, readDay } from './dates.ts';
import { cleanCell } from './judge.ts';
import { ENCODINGS } from './read-list.ts';
import type { Encoding, List } from './read-list.ts';
import { columnName } from './report.ts';
import { guessSettings, headingsOf, headRowsOf, numbersOf, orderOf, rowsOf } from './settings.ts';
import type { Settings } from './settings.ts';

export interface ListColumnsProps {
  list: List;
  settings: Settings;
  /** This device has not all clients yet. */
  isPart: boolean;
  /** Empty where the reader takes on his own alone. */
  providers: StaffHere['providers'];
  onChange: (changes: Partial<Settings>) => void;
  onEncoding: (encoding: Encoding) => void;
  onDone: () => void;
}

const EXAMPLES = 3;
/** In so many of the first rows. */
const LOOKED_AT = 100;
const OUT = 'out';

/** What the list holds, as it was guessed and as somebody corrects it. */
export function ListColumns(props: ListColumnsProps) {
  const { list, settings, isPart, onChange, onEncoding, onDone } = props;
  const words = useWords<ClientWord>();
  const [tries, setTries] = useState(0);
  const formRef = useFaultFocus(tries);
  const { hasHead, columns } = settings;
  const question = useMemo(() => orderOf(list, { hasHead, columns }), [list, hasHead, columns]);
  const isAsked = question.example !== undefined;
  const fault = faultOfColumns(columns);
  function submit(event: React.FormEvent): void {
    event.preventDefault();
    setTries(tries + 1);
    if (fault === null && (!isAsked || settings.order !== null)) onDone();
  }
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={submit}>
      <p>
        <UserName>{list.name}</UserName>
      </p>
      {isPart && (
        <Notice kind="attention" announce>
          {words('client.import.part')}
        </Notice>
      )}
      <SelectField
        label={words('client.import.encoding')}
        hint={words('client.import.encoding.hint')}
        options={ENCODINGS.map((value) => ({ value, label: value.toUpperCase() }))}
        value={list.encoding}
        onChange={onEncoding}
      />
      <CheckField
        label={words('client.import.head')}
        hint={hasHead ? words('client.import.row', { n: numbersOf(headRowsOf(list, settings)) }) : undefined}
        checked={settings.hasHead}
        onChange={(isHead) => {
          const guessed = guessSettings(list, isHead);
          onChange({ hasHead: isHead, columns: guessed.columns, order: guessed.order });
        }}
      />
      <h2>{words('client.import.columns')}</h2>
      {tries > 0 && fault && (
        <Notice kind="attention" announce>
          {words(`client.import.columns.${fault}`)}
        </Notice>
      )}
      <ColumnFields {...props} />
      {isAsked && <OrderField example={question.example} {...{ settings, onChange }} isTried={tries > 0} />}
      <BeginFields {...props} />
      <div className="ui-actions">
        <Button type="submit" variant="primary">
          {words('client.import.look')}
        </Button>
      </div>
    </form>
  );
}

function ColumnFields({ list, settings, onChange }: ListColumnsProps) {
  const words = useWords<ClientWord>();
  const headings = headingsOf(list, settings);
  const rows = rowsOf(list, settings).slice(0, LOOKED_AT);
  const label = (field: ImportField) =>
    words(field === 'givenName' || field === 'familyName' ? `client.import.${field}` : `client.field.${field}`);
  const options = [
    { value: OUT, label: words('client.import.out') },
    ...IMPORT_FIELDS.map((field) => ({ value: field as string, label: label(field) })),
  ];
  function choose(at: number, value: string): void {
    const field = IMPORT_FIELDS.find((one) => one === value) ?? null;
    const columns = settings.columns.map((one, i) => (i === at ? field : one));
    onChange({ columns, ...(field === 'birthDate' && { order: orderOf(list, { ...settings, columns }).said }) });
  }
  const columns = headings.map((_, at) => {
    const examples = rows.map(({ cells }) => cleanCell(cells[at] ?? '')).filter((text) => text !== '');
    return { at, examples: examples.slice(0, EXAMPLES) };
  });
  return (
    <div className="client-columns">
      {columns.map(({ at, examples }) => (
        <SelectField
          key={at}
          label={columnName(words, headings, at)}
          hint={<UserName>{examples.join(' · ')}</UserName>}
          options={options}
          value={settings.columns[at] ?? OUT}
          onChange={(value) => choose(at, value)}
        />
      ))}
    </div>
  );
}

interface OrderFieldProps extends Pick<ListColumnsProps, 'settings' | 'onChange'> {
  example: string | undefined;
  isTried: boolean;
}

/** With a day of the list, as each answer reads it: which is right is seen by who knows somebody in it. */
function OrderField({ example = '', settings, onChange, isTried }: OrderFieldProps) {
  const words = useWords<ClientWord>();
  const birth = useBirth();
  const choices = DAY_ORDERS.map((value) => {
    const read = readDay(example, value);
    return {
      value,
      label: words(`client.import.order.${value}`),
      hint: 'day' in read ? birth(read.day) : words('client.import.why.date'),
    };
  });
  return (
    <ChoiceField
      label={words('client.import.order', { text: example })}
      look="rows"
      choices={choices}
      value={settings.order ?? undefined}
      error={isTried && settings.order === null ? words('client.import.order.missing') : undefined}
      onChange={(order) => onChange({ order })}
    />
  );
}

function BeginFields({ settings, providers, onChange }: ListColumnsProps) {
  const words = useWords<ClientWord>();
  return (
    <>
      <ChoiceField
        label={words('client.begins')}
        look="rows"
        choices={(['active', 'prospect'] as const).map((one) => ({ value: one, label: words(`client.begins.${one}`) }))}
        value={settings.status}
        onChange={(status) => onChange({ status })}
      />
      {providers.length > 0 && (
        <SelectField
          label={words('client.field.primary')}
          required={false}
          options={[
            { value: '', label: words('client.primary.none') },
            ...providers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={providers.some(({ id }) => id === settings.primary) ? settings.primary : ''}
          onChange={(primary) => onChange({ primary })}
        />
      )}
    </>
  );
}
