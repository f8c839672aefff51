import { useLive } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { UserName } from '../../../ui/user-text.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { revoke } from '../mutators.ts';
import { invitationsOf } from '../queries.ts';
import type { InvitationView } from '../queries.ts';
import { isOpenState, stateAt } from '../schema.ts';
import type { InvitationWord } from '../words/catalogue.ts';

/** Whether she signs in, and all that was sent or printed for that, on her chart. */
export function InvitationSection({ client, inviteHref }: { client: string; inviteHref: string }) {
  const words = useWords<InvitationWord>();
  const read = useLive(async (reader) => ({ client, stand: await invitationsOf(reader, client) }), [client]);
  const stand = read?.client === client ? read.stand : null;
  if (stand === null || (stand.signsIn && stand.invitations.length === 0)) return null;
  return (
    <section aria-labelledby="chart-invitation" className="ui-stack">
      <h2 id="chart-invitation">{words('invitation.title')}</h2>
      <p>{words(stand.signsIn ? 'invitation.signsIn' : 'invitation.signsInNot')}</p>
      <Invitations client={client} all={stand.invitations} />
      {stand.isInvitable && (
        <div className="ui-actions">
          <ButtonLink href={inviteHref}>
            {words(stand.invitations.length > 0 ? 'invitation.again' : 'invitation.invite')}
          </ButtonLink>
        </div>
      )}
    </section>
  );
}

function Invitations({ client, all }: { client: string; all: readonly InvitationView[] }) {
  const words = useWords<InvitationWord>();
  const say = useToast();
  const authored = useAuthored();
  const { state, act } = useAct();
  async function takeBack(id: string): Promise<void> {
    const done = await act({ name: revoke.name, args: { ...authored(), id, client } });
    if (done) say({ text: words('invitation.revoked.said') });
  }
  if (all.length === 0) return null;
  return (
    <>
      {typeof state === 'object' || state === 'failed' || state === 'full' ? (
        <Notice kind="attention" announce>
          {words('invitation.revoke.failed')}
        </Notice>
      ) : null}
      <List label={words('invitation.title')}>
        {all.map((one) => (
          <InvitationRow key={one.id} invitation={one} onRevoke={() => void takeBack(one.id)} />
        ))}
      </List>
    </>
  );
}

function InvitationRow({ invitation, onRevoke }: { invitation: InvitationView; onRevoke: () => void }) {
  const words = useWords<InvitationWord>();
  const format = useFormat();
  const state = stateAt(invitation, new Date().toISOString());
  const isOpen = isOpenState(state);
  const { way, login, byName, at, sentAt, endedAt, expiresAt, isSent } = invitation;
  return (
    <ListRow
      title={
        <>
          {words(`invitation.way.${way}`)} · <bdi>{login}</bdi>
        </>
      }
      meta={
        <Badge kind={state === 'undeliverable' ? 'attention' : isOpen ? 'accent' : 'neutral'}>
          {words(isSent ? `invitation.state.${state}` : 'invitation.state.here')}
        </Badge>
      }
      foot={isOpen && <Button onClick={onRevoke}>{words('invitation.revoke')}</Button>}
    >
      <span className="ui-muted">
        {words('invitation.made', { time: format.dateTime(sentAt ?? at) })}
        {byName && (
          <>
            {' · '}
            <UserName>{byName}</UserName>
          </>
        )}
        {isOpen && ` · ${words('invitation.until', { time: format.dateTime(expiresAt) })}`}
        {endedAt && ` · ${words('invitation.ended', { time: format.dateTime(endedAt) })}`}
      </span>
    </ListRow>
  );
}
