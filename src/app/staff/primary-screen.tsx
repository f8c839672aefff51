import { useMemo } from 'react';
import { useParams } from '@tanstack/react-router';
import { TogetherScreen } from '../../features/client/screens/together-screen.tsx';
import { useWords } from '../../ui/words.ts';
import type { AppWord } from '../words/catalogue.ts';

const nothingOwed = async () => new Map<string, number>();

/** Who is the primary provider of one client. */
export default function PrimaryScreen() {
  const words = useWords<AppWord>();
  const { client = '' } = useParams({ strict: false });
  const clients = useMemo(() => [client], [client]);
  const back = { href: `/clients/${client}`, label: words('app.chart') };
  return <TogetherScreen key={client} what="primary" {...{ clients, back }} readOwed={nothingOwed} />;
}
