import { SelectField } from '../../../ui/select-field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { CRITICALITIES, MEMBERS, STATUSES } from '../schema.ts';
import type { Section } from '../schema.ts';
import type { SaidWord } from './said.ts';
import type { ItemFaults, TypedItem } from './typed-item.ts';

export interface ItemFieldsProps {
  section: Section;
  /** Of one that is there the name stays: another name is another item. */
  isNew: boolean;
  typed: TypedItem;
  faults: ItemFaults;
  onChange: (typed: TypedItem) => void;
}

/** The fields of one item, in the order in which its record has them. */
export function ItemFields({ section, ...props }: ItemFieldsProps) {
  return MEMBERS[section].map((name) => <Member key={name} section={section} name={name} {...props} />);
}

function Member({ section, isNew, name, typed, faults, onChange }: ItemFieldsProps & { name: string }) {
  const words = useWords<SaidWord>();
  const value = typed[name] ?? '';
  const fault = faults[name];
  const error = fault && words(fault.word, fault.values);
  const set = (next: string) => onChange({ ...typed, [name]: next });
  switch (name) {
    case 'name':
      if (!isNew) {
        return (
          <>
            <p>
              <UserName>{value}</UserName>
            </p>
            <p className="ui-muted">{words('chartSummary.name.stays')}</p>
          </>
        );
      }
      return <TextField label={words(`chartSummary.name.${section}`)} error={error} value={value} onChange={set} />;
    case 'criticality':
      return (
        <SelectField
          label={words('chartSummary.criticality')}
          error={error}
          options={CRITICALITIES.map((one) => ({ value: one, label: words(`chartSummary.criticality.${one}`) }))}
          value={CRITICALITIES.find((one) => one === value)}
          onChange={set}
        />
      );
    case 'status':
      return (
        <SelectField
          label={words('chartSummary.status')}
          options={STATUSES[section].map((one) => ({ value: one, label: words(`chartSummary.status.${one}`) }))}
          value={STATUSES[section].find((one) => one === value)}
          onChange={set}
        />
      );
    case 'since':
      return (
        <TextField
          label={words('chartSummary.since')}
          hint={words('chartSummary.since.hint')}
          optional
          error={error}
          value={value}
          onChange={set}
        />
      );
    case 'code':
    case 'dose':
      return <TextField label={words(`chartSummary.${name}`)} optional error={error} value={value} onChange={set} />;
    case 'note':
    case 'reaction':
      return (
        <TextArea label={words(`chartSummary.${name}`)} optional rows={2} error={error} value={value} onChange={set} />
      );
    default:
      return null;
  }
}
