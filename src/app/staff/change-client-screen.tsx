import { useNavigate, useParams } from '@tanstack/react-router';
import { OnceSent } from '../../features/client/parts/once-sent.tsx';
import { ChangeClientScreen } from '../../features/client/screens/change-client-screen.tsx';
import type { ClientWord } from '../../features/client/words/catalogue.ts';
import { useToast } from '../../ui/toast.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';
import { ChartHeader } from './chart-header.tsx';

export default function ChartDetailsScreen() {
  const words = useWords<AppWord | ClientWord>();
  const say = useToast();
  const navigate = useNavigate();
  const { client = '' } = useParams({ strict: false });
  const back = { href: `/clients/${client}`, label: words('app.chart') };
  return (
    <OnceSent client={client} page={{ title: words('client.change'), back }}>
      <ChangeClientScreen
        key={client}
        client={client}
        header={<ChartHeader client={client} />}
        back={back}
        onKept={() => {
          say({ text: words('client.change.saved') });
          void navigate({ to: `/clients/${client}`, replace: true });
        }}
      />
    </OnceSent>
  );
}
