import { useState } from 'react';
import type { RefObject } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { ChoiceField } from '../../../ui/choice-field.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/words.ts';
import { staffHere } from '../queries.ts';
import { CLIENT_STATUSES } from '../schema.ts';
import type { ClientWord } from '../words/catalogue.ts';
import { ANY, isNarrowed, NOBODY, ONLY, ORDERS, WHOSE } from './list-question.ts';
import type { ListQuestion } from './list-question.ts';

const TYPED_MAX = 200;

export interface ListFiltersProps {
  question: ListQuestion;
  /** Some of the clients are the reader's own, and some are not. */
  hasBoth: boolean;
  onChange: (changes: Partial<ListQuestion>) => void;
  search: RefObject<HTMLDivElement | null>;
}

export function ListFilters({ question, hasBoth, onChange, search }: ListFiltersProps) {
  const words = useWords<ClientWord>();
  const providers = useLive(staffHere, [])?.providers ?? [];
  // On a phone they would leave no room for a client; what is asked is never out of sight.
  const [isOpen, setOpen] = useState(
    () => isNarrowed({ ...question, typed: '' }, question.whose) || matchMedia('(min-width: 40rem)').matches,
  );
  return (
    <div className="ui-stack" role="search" ref={search}>
      <TextField
        label={words('client.search')}
        hint={words('client.search.hint')}
        type="search"
        required={false}
        maxLength={TYPED_MAX}
        spellCheck={false}
        enterKeyHint="search"
        value={question.typed}
        onChange={(typed) => onChange({ typed })}
      />
      <details className="client-more" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{words('client.filters')}</summary>
        <div className="client-filters">
          <SelectField
            label={words('client.filter.status')}
            required={false}
            options={[
              { value: ANY, label: words('client.filter.anyStatus') },
              ...CLIENT_STATUSES.map((status) => ({ value: status, label: words(`client.status.${status}`) })),
            ]}
            value={question.status}
            onChange={(status) => onChange({ status })}
          />
          <SelectField
            label={words('client.filter.provider')}
            required={false}
            options={[
              { value: ANY, label: words('client.filter.anyProvider') },
              { value: NOBODY, label: words('client.filter.noProvider') },
              ...providers.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={question.provider}
            onChange={(provider) => onChange({ provider })}
          />
          <SelectField
            label={words('client.filter.only')}
            required={false}
            options={ONLY.map((value) => ({ value, label: words(`client.filter.only.${value}`) }))}
            value={question.only}
            onChange={(only) => onChange({ only })}
          />
          <SelectField
            label={words('client.order')}
            required={false}
            options={ORDERS.map((value) => ({ value, label: words(`client.order.${value}`) }))}
            value={question.order}
            onChange={(order) => onChange({ order })}
          />
          {hasBoth && (
            <ChoiceField
              label={words('client.filter.whose')}
              choices={WHOSE.map((value) => ({ value, label: words(`client.filter.${value}`) }))}
              value={question.whose}
              onChange={(whose) => onChange({ whose })}
            />
          )}
        </div>
      </details>
    </div>
  );
}
