import { useState } from 'react';
import { useParams } from '@tanstack/react-router';
import { chosenNow, unchoose } from '../../features/client/parts/use-selection.ts';
import { TOGETHER, TogetherScreen } from '../../features/client/screens/together-screen.tsx';
import { useWords } from '../../ui/words.ts';
import { MissingScreen } from '../missing-screen.tsx';
import type { AppWord } from '../words/catalogue.ts';
import { owedByClient } from './owed.ts';

/** Something done with all who are chosen in the list. */
export default function TogetherClientsScreen() {
  const words = useWords<AppWord>();
  const { what: asked } = useParams({ strict: false });
  const [clients] = useState(chosenNow);
  const what = TOGETHER.find((one) => one === asked);
  if (what === undefined) return <MissingScreen />;
  const back = { href: '/clients', label: words('app.clients') };
  return (
    <TogetherScreen key={what} {...{ what, clients, back }} readOwed={owedByClient} onDone={() => unchoose(clients)} />
  );
}
