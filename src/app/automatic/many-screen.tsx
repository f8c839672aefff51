import { useCallback } from 'react';
import { BroadcastScreen } from '../../features/broadcast/screens/broadcast-screen.tsx';
import { useBirth } from '../../features/client/parts/use-birth.ts';
import { clientsIHave } from '../../features/client/queries.ts';
import { useWorkspace } from '../../sync/client/react.ts';
import type { Reader } from '../../sync/client/reader.ts';
import { useLocale, useWords } from '../../ui/words.ts';
import { MissingScreen } from '../missing-screen.tsx';
import { isManagerHere } from '../portal-kind.ts';
import type { AppWord } from '../words/catalogue.ts';
import { mayGo } from './may-go.ts';

/** To the active clients that this device knows: names and birth dates are looked up anew each time. */
export default function ManyScreen() {
  const words = useWords<AppWord>();
  const workspace = useWorkspace();
  const { roles } = workspace.membership;
  const { tags } = useLocale();
  const birth = useBirth();
  const read = useCallback(
    async (reader: Reader) => {
      const active = (await clientsIHave(reader, tags)).filter(({ status }) => status === 'active');
      return active.map(({ id, legalName, preferredName, birthDate, mine }) => ({
        ...{ id, name: preferredName ?? legalName, birth: birth(birthDate), isMine: mine !== null },
      }));
    },
    [tags, birth],
  );
  if (!mayGo('many', roles)) return <MissingScreen />;
  const who = { isProvider: roles.includes('provider'), isManager: isManagerHere(workspace) };
  return <BroadcastScreen {...{ read, ...who }} back={{ href: '/more', label: words('app.settings') }} />;
}
