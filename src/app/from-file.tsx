import { useRef, useState } from 'react';
import { useWorkspace } from '../sync/client/react.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useWords } from '../ui/words.ts';
import { sendParcelFile } from './parcel-file.ts';
import type { FileSent } from './parcel-file.ts';
import type { RareWord } from './rare/words/catalogue.ts';
import type { AppWord } from './words/catalogue.ts';

type State = { readonly kind: 'ready' | 'bad' | 'offline' } | ({ readonly kind: 'sent' } & FileSent);

/** Takes back a file that was saved before a sign-out, and sends what is in it. */
export function FromFile() {
  const words = useWords<AppWord | RareWord>();
  const workspace = useWorkspace();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<State>({ kind: 'ready' });
  async function send(file: File): Promise<void> {
    const sent = await sendParcelFile(workspace.membership, file).catch(() => 'offline' as const);
    if (sent === 'offline') setState({ kind: 'offline' });
    else setState(sent === null ? { kind: 'bad' } : { kind: 'sent', ...sent });
    workspace.exchangeNow();
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/json"
        hidden
        aria-label={words('app.notSent.fromFile')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) void send(file);
        }}
      />
      <Button onClick={() => input.current?.click()}>{words('app.notSent.fromFile')}</Button>
      {state.kind === 'bad' && (
        <Notice kind="attention" announce>
          {words('app.notSent.fileBad')}
        </Notice>
      )}
      {state.kind === 'offline' && (
        <Notice kind="attention" announce>
          {words('app.notSent.why.offline')}
        </Notice>
      )}
      {state.kind === 'sent' && (
        <Notice announce>
          {words('app.notSent.fileSent', { count: state.taken })}{' '}
          {state.held > 0 && words('app.notSent.fileHeld', { count: state.held })}
        </Notice>
      )}
    </>
  );
}
