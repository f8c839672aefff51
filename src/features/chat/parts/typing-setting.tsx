import { useState } from 'react';
import { troubleOf } from '../../../sync/client/react.ts';
import { CheckField } from '../../../ui/check-field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ChatWord } from '../words/catalogue.ts';
import { useTypingSetting } from './use-typing-setting.ts';

/** Whether others see that one is typing, and one sees it of them. */
export default function TypingSetting() {
  const words = useWords<ChatWord>();
  const say = useToast();
  const { isShown, choose } = useTypingSetting();
  const [hasFailed, setFailed] = useState(false);
  if (isShown === undefined) return null;
  async function keep(next: boolean): Promise<void> {
    try {
      await choose(next);
      setFailed(false);
      say({ text: words('chat.typing.saved') });
    } catch (error) {
      if (troubleOf(error) === undefined) throw error;
      setFailed(true);
    }
  }
  return (
    <section className="ui-stack" aria-labelledby="typing-title">
      <h2 id="typing-title">{words('chat.title')}</h2>
      {hasFailed && <Notice kind="attention">{words('chat.typing.failed')}</Notice>}
      <CheckField
        label={words('chat.typing.show')}
        hint={words('chat.typing.hint')}
        checked={isShown}
        onChange={(next) => void keep(next)}
      />
    </section>
  );
}
