import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import type { AppWord } from '../words/catalogue.ts';
import { FrontShell } from './front-shell.tsx';

/** Where nothing can be kept, nothing may be promised: no sign-in, but help in a crisis as everywhere. */
export default function NoStoreScreen() {
  const words = useWords<AppWord | RareWord>();
  const again = <Button onClick={() => location.reload()}>{words('app.error.reload')}</Button>;
  return (
    <FrontShell title={words('app.noStore.title')}>
      <Notice kind="attention" action={again}>
        {words('app.noStore.text')}
      </Notice>
    </FrontShell>
  );
}
