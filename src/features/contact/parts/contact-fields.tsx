import { SelectField } from '../../../ui/select-field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/words.ts';
import { CONTACT_KINDS } from '../schema.ts';
import type { ContactKind } from '../schema.ts';
import type { ContactWord } from '../words/catalogue.ts';
import type { Faults, TypedContact } from './typed-contact.ts';

export interface ContactFieldsProps {
  typed: TypedContact;
  onChange: (typed: TypedContact) => void;
  faults: Faults;
}

const INPUT = { emergency: 'tel', phone: 'tel', email: 'email', other: 'text' } as const satisfies Record<
  ContactKind,
  string
>;

export function ContactFields({ typed, onChange, faults }: ContactFieldsProps) {
  const words = useWords<ContactWord>();
  const { kind, value, name, relationship, note } = typed;
  const set = (change: Partial<TypedContact>) => onChange({ ...typed, ...change });
  const error = (field: keyof Faults) => {
    const fault = faults[field];
    return fault && words(fault.word, fault.values);
  };
  // The client's own number needs no name, unless somebody gave one.
  const isOwn = kind === 'phone' || kind === 'email';
  return (
    <>
      <SelectField
        label={words('contact.kind')}
        options={CONTACT_KINDS.map((one) => ({ value: one, label: words(`contact.kind.${one}`) }))}
        value={kind}
        onChange={(next) => set({ kind: next })}
      />
      {(!isOwn || name !== '') && (
        <TextField
          label={words('contact.field.name')}
          optional={kind !== 'emergency'}
          required={kind === 'emergency'}
          error={error('name')}
          value={name}
          onChange={(next) => set({ name: next })}
        />
      )}
      {(!isOwn || relationship !== '') && (
        <TextField
          label={words('contact.field.relationship')}
          hint={words('contact.relationship.hint')}
          optional
          error={error('relationship')}
          value={relationship}
          onChange={(next) => set({ relationship: next })}
        />
      )}
      <TextField
        label={words(`contact.value.${kind}`)}
        type={INPUT[kind]}
        data-field="value"
        {...(kind !== 'other' && { dir: 'ltr' })}
        error={error('value')}
        value={value}
        onChange={(next) => set({ value: next })}
      />
      <TextArea
        label={words('contact.field.note')}
        hint={words('contact.note.hint')}
        optional
        rows={2}
        error={error('note')}
        value={note}
        onChange={(next) => set({ note: next })}
      />
    </>
  );
}
