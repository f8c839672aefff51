import { useNavigate, useParams } from '@tanstack/react-router';
import { waitingConversations } from '../../features/chat/queries-duty.ts';
import { OnceSent } from '../../features/client/parts/once-sent.tsx';
import { StatusScreen } from '../../features/client/screens/status-screen.tsx';
import type { ClientWord } from '../../features/client/words/catalogue.ts';
import { useLive } from '../../sync/client/react.ts';
import { useToast } from '../../ui/toast.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';
import { ChartHeader } from './chart-header.tsx';

export default function ClientStatusScreen() {
  const words = useWords<AppWord | ClientWord>();
  const say = useToast();
  const navigate = useNavigate();
  const { client = '' } = useParams({ strict: false });
  const owed = useLive(
    async (reader) => (await waitingConversations(reader)).filter((one) => one.client === client).length,
    [client],
  );
  const back = { href: `/clients/${client}`, label: words('app.chart') };
  return (
    <OnceSent client={client} page={{ title: words('client.status.change'), back }}>
      <StatusScreen
        key={client}
        client={client}
        owed={owed}
        header={<ChartHeader client={client} />}
        back={back}
        onKept={({ to }) => {
          say({ text: words('client.status.changed', { status: words(`client.status.${to}`) }) });
          void navigate({ to: `/clients/${client}`, replace: true });
        }}
      />
    </OnceSent>
  );
}
