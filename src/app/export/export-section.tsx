// Everything of one client's record that this device has, saved to a file.

import { useState } from 'react';
import { useLive, useWorkspace } from '../../sync/client/react.ts';
import type { Space } from '../../sync/core/record.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import type { AppWord } from '../words/catalogue.ts';
import { isPasswordHere } from './password-again.ts';
import type { OwnRows } from './write-export.ts';
import { useExport } from './use-export.ts';

export interface ExportSectionProps {
  client: string;
  spaces: readonly Space[];
  /** Somebody else's record: the password is asked first. */
  asksPassword?: boolean | undefined;
  /** What the reader alone can open. */
  own?: OwnRows | undefined;
}

export function ExportSection({ client, spaces, asksPassword = false, own }: ExportSectionProps) {
  const words = useWords<RareWord>();
  const { state, start, cancel } = useExport(client, spaces, own);
  const [asking, setAsking] = useState(false);
  const key = spaces.join(' ');
  const isPartial = useLive(
    async (reader) => (await Promise.all(key.split(' ').map((space) => reader.isStrict(space)))).some((one) => one),
    [key],
  );
  return (
    <section className="ui-stack" aria-labelledby="export-title">
      <h2 id="export-title">{words('app.export.title')}</h2>
      <p>{words('app.export.text')}</p>
      <p className="ui-muted">
        {words('app.export.careful')} {isPartial === true && words('app.export.partial')}
      </p>
      {state.kind === 'busy' ? (
        <Busy done={state.done} total={state.total} onCancel={cancel} />
      ) : (
        <div className="ui-actions">
          <Button onClick={() => (asksPassword ? setAsking(true) : void start())}>{words('app.export.do')}</Button>
        </div>
      )}
      {state.kind === 'done' && <Notice announce>{words('app.export.done')}</Notice>}
      {state.kind === 'failed' && (
        <Notice kind="attention" announce>
          {words('app.export.failed')}
        </Notice>
      )}
      {asking && (
        <PasswordFirst
          onClose={() => setAsking(false)}
          onRight={() => {
            setAsking(false);
            void start();
          }}
        />
      )}
    </section>
  );
}

function Busy({ done, total, onCancel }: { done: number; total: number; onCancel: () => void }) {
  const words = useWords<AppWord | RareWord>();
  return (
    <div className="ui-actions">
      <progress value={done} max={Math.max(1, total)} aria-label={words('app.export.title')} />
      <span>{words('app.export.busy', { done, total })}</span>
      <Button onClick={onCancel}>{words('app.cancel')}</Button>
    </div>
  );
}

function PasswordFirst({ onClose, onRight }: { onClose: () => void; onRight: () => void }) {
  const words = useWords<AppWord | RareWord>();
  const { membership } = useWorkspace();
  const [password, setPassword] = useState('');
  const [state, setState] = useState<'ready' | 'busy' | 'wrong'>('ready');
  async function check(): Promise<void> {
    if (state === 'busy') return;
    setState('busy');
    const isRight = await isPasswordHere(membership.id, password).catch(() => false);
    if (isRight) onRight();
    else setState('wrong');
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={words('app.export.title')}
      actions={
        <>
          <Button onClick={onClose}>{words('app.cancel')}</Button>
          <Button variant="primary" type="submit" form="export-password" busy={state === 'busy'}>
            {words('app.export.do')}
          </Button>
        </>
      }
    >
      <form
        id="export-password"
        onSubmit={(event) => {
          event.preventDefault();
          void check();
        }}
      >
        <PasswordField
          label={words('app.export.password')}
          hint={words('app.export.passwordWhy')}
          error={state === 'wrong' ? words('app.export.wrong') : undefined}
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
      </form>
    </Dialog>
  );
}
