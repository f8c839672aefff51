import { CheckField } from '../../../ui/check-field.tsx';
import { LOCALES } from '../../../ui/locale.ts';
import { SelectField } from '../../../ui/select-field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ClientWord } from '../words/catalogue.ts';
import type { ClientFaults, ClientForm } from './client-form.ts';
import './client-fields.css';

export interface ClientFieldsProps {
  value: ClientForm;
  onChange: (change: Partial<ClientForm>) => void;
  faults: ClientFaults;
}

/** Who she is. */
export function PersonFields({ value, onChange, faults }: ClientFieldsProps) {
  const words = useWords<ClientWord>();
  const error = (field: keyof ClientForm) => faults[field] && words(faults[field]);
  return (
    <>
      <TextField
        label={words('client.field.legalName')}
        error={error('legalName')}
        value={value.legalName}
        onChange={(legalName) => onChange({ legalName })}
      />
      <TextField
        label={words('client.field.preferredName')}
        optional
        error={error('preferredName')}
        value={value.preferredName}
        onChange={(preferredName) => onChange({ preferredName })}
      />
      <TextField
        type="date"
        label={words('client.field.birthDate')}
        error={error('birthDate')}
        value={value.birthDate}
        onChange={(birthDate) => onChange({ birthDate })}
      />
      <SelectField
        label={words('client.field.language')}
        required={false}
        options={[
          { value: '', label: words('client.language.notAsked') },
          ...LOCALES.map(({ id, name }) => ({ value: id as string, label: name, lang: id })),
        ]}
        value={value.language}
        onChange={(language) => onChange({ language })}
      />
    </>
  );
}

/** How she may be reached without harm: who else hears the telephone, who else reads the post. */
export function SafeContactFields({ value, onChange, faults }: ClientFieldsProps) {
  const words = useWords<ClientWord>();
  return (
    <fieldset className="client-fields">
      <legend>{words('client.safe')}</legend>
      {(['noCalls', 'noVoicemail', 'noEmail'] as const).map((name) => (
        <CheckField
          key={name}
          label={words(`client.safe.${name}`)}
          checked={value[name]}
          onChange={(checked) => onChange({ [name]: checked })}
        />
      ))}
      <TextArea
        label={words('client.safe.note')}
        hint={words('client.safe.hint')}
        optional
        rows={2}
        error={faults.note && words(faults.note)}
        value={value.note}
        onChange={(note) => onChange({ note })}
      />
    </fieldset>
  );
}

/** With or without a way to be reached: both are clients. */
export function ReachFields({ value, onChange, faults }: ClientFieldsProps) {
  const words = useWords<ClientWord>();
  return (
    <>
      {(['email', 'phone'] as const).map((name) => (
        <TextField
          key={name}
          label={words(`client.field.${name}`)}
          optional
          dir="ltr"
          type={name === 'email' ? 'email' : 'tel'}
          error={faults[name] && words(faults[name])}
          value={value[name]}
          onChange={(typed) => onChange({ [name]: typed })}
        />
      ))}
    </>
  );
}
