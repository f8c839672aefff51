import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { QrCode } from '../../../ui/qr-code.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { sendingOf } from '../queries.ts';
import { expiryFrom, linkOf } from '../schema.ts';
import type { InvitationWord } from '../words/catalogue.ts';
import './invitation-sheet.css';

export interface InvitationSheetProps {
  id: string;
  login: string;
  secret: string;
  practice: { readonly name: string };
  /** Whose it is: on the screen alone, not on the paper. */
  header: ReactNode;
  back: { href: string; label: string };
}

/** The page that she takes home: nothing on it says who she is or why. It is shown once; what opens it is kept nowhere. */
export function InvitationSheet({ id, login, secret, practice, header, back }: InvitationSheetProps) {
  const words = useWords<InvitationWord>();
  const format = useFormat();
  const sending = useLive((reader) => sendingOf(reader, id), [id]);
  const link = linkOf(location.origin, { id, secret });
  return (
    <Page title={words('invitation.sheet')} back={back}>
      {header}
      {sending === 'here' && <Notice kind="attention">{words('invitation.sheet.unsent')}</Notice>}
      {sending === 'refused' && (
        <Notice kind="attention" announce>
          {words('invitation.sheet.refused')}
        </Notice>
      )}
      {sending !== 'refused' && <Notice>{words('invitation.sheet.once')}</Notice>}
      <div className="ui-actions">
        <Button variant="primary" onClick={() => window.print()}>
          {words('invitation.sheet.print')}
        </Button>
      </div>
      <article className="invitation-sheet">
        <h2>{words('invitation.sheet.title', { practice: practice.name })}</h2>
        <ol>
          <li>{words('invitation.sheet.scan')}</li>
          <li>{words('invitation.sheet.password')}</li>
          <li>{words('invitation.sheet.install')}</li>
        </ol>
        <div className="invitation-code">
          <QrCode text={link} label={words('invitation.sheet.code')} />
        </div>
        <p>
          {words('invitation.name')}: <bdi className="invitation-login">{login}</bdi>
        </p>
        <p>{words('invitation.sheet.type')}</p>
        <p className="invitation-link" dir="ltr">
          {link}
        </p>
        <p>{words('invitation.until', { time: format.dateTime(expiryFrom(new Date().toISOString())) })}</p>
        <p>{words('invitation.sheet.keep')}</p>
      </article>
    </Page>
  );
}
