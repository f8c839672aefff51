import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { useStoredDraft } from '../../use-draft.ts';
import { useSetting } from '../../use-setting.ts';
import { changeClient } from '../mutators.ts';
import { Clashes } from '../parts/clashes.tsx';
import { PersonFields, SafeContactFields } from '../parts/client-fields.tsx';
import { changeIn, changesOf, clashesOf, faultsOf, formOf } from '../parts/client-form.ts';
import type { ChangeForm } from '../parts/client-form.ts';
import { dayHere } from '../parts/use-birth.ts';
import { detailsById } from '../queries.ts';
import type { ClientDetails } from '../schema.ts';
import type { ClientWord } from '../words/catalogue.ts';

export interface ChangeClientScreenProps {
  client: string;
  header: ReactNode;
  back: { href: string; label: string };
  onKept: () => void;
}

/** Where what is said of a client is corrected. */
export function ChangeClientScreen({ client, header, back, onKept }: ChangeClientScreenProps) {
  const words = useWords<ClientWord>();
  const id = `client.change ${client}`;
  const details = useLive((reader) => detailsById(reader, client), [client]);
  const draft = useStoredDraft(id, changeIn);
  const isHere = details !== undefined && draft !== undefined;
  return (
    <Page title={words('client.change')} back={back}>
      {header}
      {!isHere && <Skeleton rows={5} />}
      {isHere && details === null && <Notice kind="attention">{words('client.gone')}</Notice>}
      {isHere && details !== null && (
        <Form {...{ id, client, details, onKept }} begin={draft?.value ?? { ...formOf(details), seen: details }} />
      )}
    </Page>
  );
}

interface FormProps {
  id: string;
  client: string;
  /** As they are now. */
  details: ClientDetails;
  begin: ChangeForm;
  onKept: () => void;
}

function Form({ id, client, details, begin, onKept }: FormProps) {
  const words = useWords<ClientWord>();
  const { value, tries, problem, isBusy, change, submit } = useSetting({
    draft: id,
    begin,
    isFaulty: (form) =>
      Object.keys(faultsOf(form, dayHere())).length > 0 || Object.keys(changesOf(form, form.seen)).length === 0,
    actOf: (form, who) => {
      const changes = changesOf(form, form.seen);
      // What comes while it is left open is seen where it stands above, and nothing else of it.
      const seen = {
        ...form.seen,
        ...Object.fromEntries(clashesOf(form, details).map((name) => [name, details[name]])),
      };
      const before = Object.fromEntries(
        Object.keys(changes).map((name) => [name, seen[name as keyof ClientDetails] ?? null]),
      );
      return { name: changeClient.name, args: { ...who, id: client, changes, seen: before } };
    },
    onKept,
  });
  const formRef = useFaultFocus(tries);
  const fields = { value, onChange: change, faults: tries > 0 ? faultsOf(value, dayHere()) : {} };
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={submit}>
      {problem && (
        <Notice kind="attention" announce>
          {words(`client.${problem}`)}
        </Notice>
      )}
      {tries > 0 && Object.keys(changesOf(value, value.seen)).length === 0 && (
        <Notice announce>{words('client.change.same')}</Notice>
      )}
      <Clashes names={clashesOf(value, details)} there={details} />
      <PersonFields {...fields} />
      <SafeContactFields {...fields} />
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={isBusy}>
          {words('client.change.save')}
        </Button>
      </div>
    </form>
  );
}
