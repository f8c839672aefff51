import { useState } from 'react';
import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import { newId } from '../../../base/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { ChoiceField } from '../../../ui/choice-field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { useStoredDraft } from '../../use-draft.ts';
import { useSetting } from '../../use-setting.ts';
import { addClient } from '../mutators.ts';
import { PersonFields, ReachFields, SafeContactFields } from '../parts/client-fields.tsx';
import { detailsOf, EMPTY_CLIENT, faultsOf, formIn } from '../parts/client-form.ts';
import type { ClientForm } from '../parts/client-form.ts';
import { Duplicates, useDuplicates } from '../parts/duplicates.tsx';
import { dayHere } from '../parts/use-birth.ts';
import { staffHere } from '../queries.ts';
import type { StaffHere } from '../queries.ts';
import type { ClientWord } from '../words/catalogue.ts';

const DRAFT = 'client.new';

export interface NewClientScreenProps {
  back: { href: string; label: string };
  hrefOf: (client: string) => string;
  onKept: (client: string) => void;
}

/** Where somebody is taken on: with or without a way to be reached. */
export function NewClientScreen({ back, ...rest }: NewClientScreenProps) {
  const words = useWords<ClientWord>();
  const { roles } = useWorkspace().membership;
  const staff = useLive(staffHere, []);
  const draft = useStoredDraft(DRAFT, formIn);
  const isOffice = roles.some((role) => role !== 'provider');
  return (
    <Page title={words('client.add')} back={back}>
      {staff === undefined || draft === undefined ? (
        <Skeleton rows={5} />
      ) : (
        <Form begin={draft?.value ?? EMPTY_CLIENT} {...{ staff, isOffice }} {...rest} />
      )}
    </Page>
  );
}

interface FormProps extends Omit<NewClientScreenProps, 'back'> {
  begin: ClientForm;
  staff: StaffHere;
  isOffice: boolean;
}

function Form({ begin, staff, isOffice, hrefOf, onKept }: FormProps) {
  const words = useWords<ClientWord>();
  const { memberId } = useWorkspace().reader;
  const [ids] = useState(() => ({ client: newId(), email: newId(), phone: newId() }));
  const { value, tries, problem, isBusy, change, submit } = useSetting({
    draft: DRAFT,
    begin,
    isFaulty: (form) => Object.keys(faultsOf(form, dayHere())).length > 0,
    actOf: (form, who) => {
      // Who reads no other clients takes on his own.
      const primary = isOffice ? form.primary : memberId;
      const reach = (['email', 'phone'] as const).filter((kind) => form[kind].trim() !== '');
      const contacts = reach.map((kind) => ({ id: ids[kind], kind, value: form[kind].trim() }));
      const named = { ...(primary !== '' && { primary }), ...(contacts.length > 0 && { contacts }) };
      const args = { ...who, id: ids.client, details: detailsOf(form), status: form.status, ...named };
      return { name: addClient.name, args };
    },
    onKept: () => onKept(ids.client),
  });
  const formRef = useFaultFocus(tries);
  const faults = tries > 0 ? faultsOf(value, dayHere()) : {};
  const found = useDuplicates(value);
  const fields = { value, onChange: change, faults };
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={submit}>
      {problem && (
        <Notice kind="attention" announce>
          {words(`client.${problem}`)}
        </Notice>
      )}
      <PersonFields {...fields} />
      <ReachFields {...fields} />
      <SafeContactFields {...fields} />
      <ChoiceField
        label={words('client.begins')}
        look="rows"
        choices={(['active', 'prospect'] as const).map((one) => ({ value: one, label: words(`client.begins.${one}`) }))}
        value={value.status}
        onChange={(status) => change({ status })}
      />
      {isOffice && (
        <SelectField
          label={words('client.field.primary')}
          required={false}
          options={[
            { value: '', label: words('client.primary.none') },
            ...staff.providers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={staff.providers.some(({ id }) => id === value.primary) ? value.primary : ''}
          onChange={(primary) => change({ primary })}
        />
      )}
      <Duplicates found={found} hrefOf={hrefOf} />
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={isBusy}>
          {words(found.length > 0 ? 'client.add.anyway' : 'client.add.save')}
        </Button>
      </div>
    </form>
  );
}
