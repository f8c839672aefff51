import { useState } from 'react';
import type { ReactNode } from 'react';
import { newId } from '../../../base/ids.ts';
import type { JsonObject } from '../../../base/json.ts';
import { isEmailName, signInName } from '../../../base/sign-in-name.ts';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { ChoiceField } from '../../../ui/choice-field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { useStoredDraft } from '../../use-draft.ts';
import { useSetting } from '../../use-setting.ts';
import { invite } from '../mutators.ts';
import { makeSecret } from '../parts/make-secret.ts';
import type { PageSecret } from '../parts/make-secret.ts';
import { InvitationSheet } from '../parts/invitation-sheet.tsx';
import { invitationsOf } from '../queries.ts';
import type { InvitationStand } from '../queries.ts';
import type { InvitationWay } from '../schema.ts';
import type { InvitationWord } from '../words/catalogue.ts';

export interface InviteScreenProps {
  client: string;
  practice: { readonly name: string };
  header: ReactNode;
  back: { href: string; label: string };
  /** The letter is on its way. */
  onSent: () => void;
}

/** Where a client is invited to sign in: by a letter, or by a page that is printed now. */
export function InviteScreen({ client, practice, header, back, onSent }: InviteScreenProps) {
  const words = useWords<InvitationWord>();
  const draftId = `invitation ${client}`;
  const stand = useLive((reader) => invitationsOf(reader, client), [client]);
  const draft = useStoredDraft(draftId, formIn);
  const [page, setPage] = useState<{ id: string; login: string; secret: string } | null>(null);
  const isHere = stand !== undefined && draft !== undefined;
  if (page !== null) return <InvitationSheet {...page} {...{ practice, header, back }} />;
  return (
    <Page title={words('invitation.invite')} back={back}>
      {header}
      {!isHere && <Skeleton rows={4} />}
      {isHere && !stand?.isInvitable && (
        <Notice kind="attention">{words(stand?.signsIn ? 'invitation.signsIn' : 'invitation.not')}</Notice>
      )}
      {isHere && stand?.isInvitable && (
        <Form
          {...{ client, stand, draftId }}
          begin={
            draft?.value ?? {
              way: stand.noEmail || !stand.email ? 'print' : 'email',
              email: stand.email,
              name: stand.phone,
            }
          }
          onKept={(kept) => (kept === null ? onSent() : setPage(kept))}
        />
      )}
    </Page>
  );
}

type InviteForm = { readonly way: InvitationWay; readonly email: string; readonly name: string };

interface FormProps {
  client: string;
  stand: InvitationStand;
  draftId: string;
  begin: InviteForm;
  /** With what is to be printed, where it is a page. */
  onKept: (page: { id: string; login: string; secret: string } | null) => void;
}

function Form({ client, stand, draftId, begin, onKept }: FormProps) {
  const words = useWords<InvitationWord>();
  const [made] = useState(() => ({ id: newId(), secret: null as PageSecret | null }));
  const isFaulty = (form: InviteForm) => faultOf(form, stand) !== undefined;
  const { value, tries, problem, isBusy, change, submit } = useSetting({
    draft: draftId,
    begin,
    isFaulty,
    actOf: (form, who) => {
      const { secret } = made;
      const hash = form.way === 'print' && secret !== null && { secretHash: secret.secretHash };
      // The server knows which of them are still good.
      const replaces = stand.invitations.slice(0, 20).map(({ id }) => id);
      const args = { ...who, id: made.id, client, way: form.way, login: loginOf(form) ?? '', ...hash };
      return { name: invite.name, args: { ...args, ...(replaces.length > 0 && { replaces }) } };
    },
    onKept: (form) =>
      onKept(form.way === 'email' || !made.secret ? null : { id: made.id, login: loginOf(form) ?? '', ...made.secret }),
  });
  const formRef = useFaultFocus(tries);
  const fault = tries > 0 ? faultOf(value, stand) : undefined;
  async function ready(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    made.secret ??= await makeSecret();
    submit(event);
  }
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={(event) => void ready(event)}>
      {problem && (
        <Notice kind="attention" announce>
          {words(`invitation.${problem}`)}
        </Notice>
      )}
      {stand.noEmail && <Notice kind="attention">{words('invitation.noEmail')}</Notice>}
      <ChoiceField
        label={words('invitation.way')}
        look="rows"
        choices={(['email', 'print'] as const)
          .filter((way) => way === 'print' || !stand.noEmail)
          .map((way) => ({
            value: way,
            label: words(`invitation.choose.${way}`),
            hint: words(`invitation.hint.${way}`),
          }))}
        value={value.way}
        onChange={(way) => change({ way })}
      />
      {value.way === 'email' ? (
        <TextField
          type="email"
          dir="ltr"
          label={words('invitation.email')}
          error={fault && words(fault)}
          value={value.email}
          onChange={(email) => change({ email })}
        />
      ) : (
        <TextField
          dir="ltr"
          label={words('invitation.name')}
          hint={words('invitation.name.hint')}
          error={fault && words(fault)}
          value={value.name}
          onChange={(name) => change({ name })}
        />
      )}
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={isBusy}>
          {words(`invitation.send.${value.way}`)}
        </Button>
      </div>
    </form>
  );
}

const loginOf = ({ way, email, name }: InviteForm): string | null => signInName(way === 'email' ? email : name);

function faultOf(form: InviteForm, { noEmail }: InvitationStand): InvitationWord | undefined {
  const login = loginOf(form);
  if (form.way === 'email')
    return noEmail || login === null || !isEmailName(login) ? 'invitation.fault.email' : undefined;
  return login === null || isEmailName(login) ? 'invitation.fault.name' : undefined;
}

function formIn({ way, email, name }: JsonObject): InviteForm | null {
  const fits = (way === 'email' || way === 'print') && typeof email === 'string' && typeof name === 'string';
  return fits ? { way, email, name } : null;
}
