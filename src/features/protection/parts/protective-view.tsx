import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { protectionOf } from '../queries.ts';
import type { ProtectionStep } from '../queries.ts';
import type { ProtectionWord } from '../words/catalogue.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import './protective-view.css';

export interface ProtectiveViewProps {
  client: string;
  /** Whose record it is: name and birth date. */
  header: ReactNode;
}

/** The care team's switch: whether it is on, who set it and why, and what it does. */
export function ProtectiveView({ client, header }: ProtectiveViewProps) {
  const words = useWords<ProtectionWord>();
  const read = useLive(async (reader) => ({ client, view: await protectionOf(reader, client) }), [client]);
  const [asked, setAsked] = useState<{ for: 'on' | 'off'; base: number } | null>(null);
  // Never "off" before it was read, and never one client's state under another's name.
  if (read?.client !== client) return null;
  const { edSafe, steps, cursor } = read.view;
  const [newest, ...older] = steps;
  const turn = edSafe ? 'off' : 'on';
  return (
    <section className="protection" aria-labelledby="protection-title">
      <div className="ui-actions">
        <h2 id="protection-title">{words('protection.title')}</h2>
        <Badge kind={edSafe ? 'accent' : 'neutral'}>{words(edSafe ? 'protection.on' : 'protection.off')}</Badge>
      </div>
      {newest && <Step step={newest} />}
      {older.length > 0 && (
        <details>
          <summary>{words('protection.history', { count: older.length })}</summary>
          <ol className="protection-steps" role="list">
            {older.map((step) => (
              <li key={step.id}>
                <Step step={step} />
              </li>
            ))}
          </ol>
        </details>
      )}
      {edSafe ? <p className="ui-muted">{words('protection.does')}</p> : null}
      <div className="ui-actions">
        <Button onClick={() => setAsked({ for: turn, base: cursor })}>
          {words(edSafe ? 'protection.turnOff' : 'protection.turnOn')}
        </Button>
      </div>
      <ReasonDialog
        client={client}
        asked={asked?.for ?? null}
        base={asked?.base ?? cursor}
        header={header}
        onClose={() => setAsked(null)}
      />
    </section>
  );
}

/** For who has no part in it: that it is not his to set, and nothing of whether it is. */
export function ProtectiveViewElsewhere() {
  const words = useWords<ProtectionWord>();
  return <p className="ui-muted">{words('protection.office')}</p>;
}

function Step({ step: { edSafe, by, name, at, reason } }: { step: ProtectionStep }) {
  const words = useWords<ProtectionWord>();
  const format = useFormat();
  const { memberId } = useWorkspace().reader;
  const time = format.dateTime(at);
  const said = edSafe ? 'protection.setBy' : 'protection.liftedBy';
  return (
    <div>
      <p className="ui-muted">
        {by === memberId
          ? words(`${said}You`, { time })
          : words(said, { name: name ?? words('protection.someone'), time })}
      </p>
      <UserText>{reason}</UserText>
    </div>
  );
}
