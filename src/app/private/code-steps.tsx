// A recovery code shown, kept, and asked back: only who has it can go on. It is in the memory of this screen and nowhere else.

import { useState } from 'react';
import type { FormEvent } from 'react';
import { CODE_GROUPS, groupsOfCode, lettersOfCode } from '../../sync/client/vault/recovery-code.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { useFocusHere } from '../../ui/use-focus-here.ts';
import { useFormat } from '../../ui/use-format.ts';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import './private.css';

export interface CodeStepsProps {
  code: string;
  /** The person has it: she typed parts of it. */
  onConfirmed: () => void;
  busy: boolean;
}

export function CodeSteps({ code, onConfirmed, busy }: CodeStepsProps) {
  const [isKept, setKept] = useState(false);
  if (!isKept) return <ShownCode code={code} onKept={() => setKept(true)} />;
  return <ConfirmCode code={code} busy={busy} onConfirmed={onConfirmed} onAgain={() => setKept(false)} />;
}

function ShownCode({ code, onKept }: { code: string; onKept: () => void }) {
  const words = useWords<RareWord>();
  const format = useFormat();
  const heading = useFocusHere<HTMLHeadingElement>();
  const groups = groupsOfCode(code);
  const sheet = words('app.private.code.sheet', { day: format.dateTime(new Date().toISOString()) });
  function save(): void {
    const url = URL.createObjectURL(new Blob([`${sheet}\n\n${groups.join('-')}\n`], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'interlude-recovery-code.txt';
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
  return (
    <section className="ui-stack">
      <h2 tabIndex={-1} ref={heading} className="ui-screen-only">
        {words('app.private.code')}
      </h2>
      <p className="ui-screen-only">{words('app.private.code.keep')}</p>
      <p className="private-print-only">{sheet}</p>
      <ol className="private-code" role="list" aria-label={words('app.private.code')} dir="ltr">
        {groups.map((group, i) => (
          // Two groups may be the same; their places are what they are known by.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={i}>
            <span className="private-code-number">{i + 1}</span>
            <code translate="no">{group}</code>
          </li>
        ))}
      </ol>
      <p className="ui-muted">{words('app.private.code.letters')}</p>
      <div className="ui-actions ui-screen-only">
        <Button onClick={() => window.print()}>{words('app.private.code.print')}</Button>
        <Button onClick={save}>{words('app.private.code.save')}</Button>
        <Button variant="primary" onClick={onKept}>
          {words('app.private.code.kept')}
        </Button>
      </div>
    </section>
  );
}

/** Two different ones, in order. */
function askedGroups(): readonly [number, number] {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint8Array(2));
  const first = a % CODE_GROUPS;
  const second = (first + 1 + (b % (CODE_GROUPS - 1))) % CODE_GROUPS;
  return first < second ? [first, second] : [second, first];
}

interface ConfirmProps extends CodeStepsProps {
  onAgain: () => void;
}

function ConfirmCode({ code, busy, onConfirmed, onAgain }: ConfirmProps) {
  const words = useWords<RareWord>();
  const heading = useFocusHere<HTMLHeadingElement>();
  const [asked] = useState(askedGroups);
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [tries, setTries] = useState(0);
  const form = useFaultFocus(tries);
  const groups = groupsOfCode(code);
  const isRight = (group: number) => lettersOfCode(typed[group] ?? '') === groups[group];
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTries(tries + 1);
    if (!busy && asked.every(isRight)) onConfirmed();
  }
  return (
    <form className="ui-stack" noValidate onSubmit={submit} ref={form}>
      <h2 tabIndex={-1} ref={heading}>
        {words('app.private.confirm')}
      </h2>
      <p>{words('app.private.confirm.text')}</p>
      {asked.map((group) => {
        const number = group + 1;
        const isFault = tries > 0 && !isRight(group);
        return (
          <TextField
            key={group}
            label={words('app.private.confirm.group', { number })}
            error={isFault ? words('app.private.confirm.wrong', { number }) : undefined}
            value={typed[group] ?? ''}
            onChange={(text) => setTyped({ ...typed, [group]: text })}
            dir="ltr"
            maxLength={12}
            autoCapitalize="characters"
            spellCheck={false}
          />
        );
      })}
      <div className="ui-actions">
        <Button onClick={onAgain}>{words('app.private.code.again')}</Button>
        <Button type="submit" variant="primary" busy={busy}>
          {words('app.private.confirm.do')}
        </Button>
      </div>
      {busy && <p className="ui-muted">{words('app.private.working')}</p>}
    </form>
  );
}
