import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';

/** The store has gone under an open app: what is being typed is on the screen only, and can still be copied. */
export default function StoreGoneNotice() {
  const words = useWords<RareWord>();
  const see = <Button onClick={() => location.reload()}>{words('app.lost.open.see')}</Button>;
  return (
    <Notice kind="danger" title={words('app.lost.title.gone')} action={see} announce>
      {words('app.lost.open.text')}
    </Notice>
  );
}
