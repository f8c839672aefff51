import { useLive } from '../../../sync/client/react.ts';
import { Notice } from '../../../ui/notice.tsx';
import { useWords } from '../../../ui/words.ts';
import { isProtected } from '../queries.ts';
import type { ProtectionWord } from '../words/catalogue.ts';
import { speaksOfWeight } from './weight-words.ts';

/** Told while one writes to a protected client of what the protective view keeps from him. */
export function WeightWordsNotice({ client, text }: { client: string; text: string }) {
  const words = useWords<ProtectionWord>();
  const isOn = useLive((reader) => isProtected(reader, client), [client]);
  if (isOn !== true || !speaksOfWeight(text)) return null;
  return (
    <Notice kind="attention" announce>
      {words('protection.typed')}
    </Notice>
  );
}
