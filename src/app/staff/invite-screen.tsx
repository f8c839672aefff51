import { useNavigate, useParams } from '@tanstack/react-router';
import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { OnceSent } from '../../features/client/parts/once-sent.tsx';
import { InviteScreen } from '../../features/invitation/screens/invite-screen.tsx';
import type { InvitationWord } from '../../features/invitation/words/catalogue.ts';
import { practiceHere } from '../../features/practice/queries.ts';
import { useLive } from '../../sync/client/react.ts';
import { useToast } from '../../ui/toast.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';

export default function InviteClientScreen() {
  const words = useWords<AppWord | InvitationWord>();
  const say = useToast();
  const navigate = useNavigate();
  const practice = useLive(practiceHere, []);
  const { client = '' } = useParams({ strict: false });
  const back = { href: `/clients/${client}`, label: words('app.chart') };
  return (
    <OnceSent client={client} page={{ title: words('invitation.invite'), back }}>
      <InviteScreen
        key={client}
        client={client}
        practice={{ name: practice?.name ?? words('app.name') }}
        header={<ClientHeader client={client} look="line" />}
        back={back}
        onSent={() => {
          say({ text: words('invitation.sent.said') });
          void navigate({ to: `/clients/${client}`, replace: true });
        }}
      />
    </OnceSent>
  );
}
