// Before something is done with many clients: with whom, what follows, and with whom it will not be done and why. Then how far it is, and
// what came of it.

import type { ReactNode } from 'react';
import { useSyncStatus } from '../../../sync/client/react.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useWords } from '../../../ui/words.ts';
import type { ClientWord } from '../words/catalogue.ts';
import { ClientName } from './client-name.tsx';
import { LongList } from './long-list.tsx';
import type { Plan } from './together-plans.ts';
import { useBirth } from './use-birth.ts';
import type { Run } from './use-together.ts';
import './client-fields.css';

export interface EffectLine {
  readonly word: ClientWord;
  readonly count?: number;
  readonly name?: string;
}

export function Effects({ lines }: { lines: readonly EffectLine[] }) {
  const words = useWords<ClientWord>();
  return (
    <section className="ui-stack">
      <h2>{words('client.effects')}</h2>
      <ul className="client-effects">
        {lines.map(({ word, count = 0, name = '' }) => (
          <li key={word}>{words(word, { count, name })}</li>
        ))}
      </ul>
    </section>
  );
}

/** Whom it is done with, and whom not. */
export function Preview({ plans }: { plans: readonly Plan[] }) {
  const words = useWords<ClientWord>();
  const [able, unable] = [plans.filter(({ why }) => !why), plans.filter(({ why }) => why)];
  return (
    <>
      {unable.length > 0 && (
        <section className="ui-stack">
          <h2>{words('client.together.not', { count: unable.length })}</h2>
          <Clients plans={unable} label={words('client.together.not', { count: unable.length })} />
        </section>
      )}
      <section className="ui-stack">
        <h2>{words('client.together.with', { count: able.length })}</h2>
        <Clients plans={able} label={words('client.together.with', { count: able.length })} />
      </section>
    </>
  );
}

function Clients({ plans, label }: { plans: readonly Plan[]; label: string }) {
  const words = useWords<ClientWord>();
  const birth = useBirth();
  return (
    <LongList
      label={label}
      count={plans.length}
      of={plans}
      draw={(at) => {
        const plan = plans[at];
        if (plan === undefined) return null;
        const place = { 'data-row': at, 'aria-posinset': at + 1, 'aria-setsize': plans.length };
        return (
          <div key={plan.client.id} role="listitem" className="ui-row" {...place}>
            <div className="ui-row-main">
              <span className="ui-row-title">
                <ClientName client={plan.client} />
              </span>
              <span className="ui-muted">{birth(plan.client.birthDate)}</span>
              {plan.why && <span>{words(plan.why)}</span>}
            </div>
          </div>
        );
      }}
    />
  );
}

export interface RunningProps {
  run: Run;
  onStop: () => void;
  onUndo: () => void;
  back: { href: string; label: string };
}

/** While it is done, and afterwards. */
export function Running({ run, onStop, onUndo, back }: RunningProps) {
  const words = useWords<ClientWord>();
  const { unsent } = useSyncStatus();
  if (run.is === 'doing' || run.is === 'undoing')
    return (
      <>
        <p aria-live="polite">{words('client.together.doing', { at: run.at, total: run.total })}</p>
        <progress
          className="client-progress"
          value={run.at}
          max={run.total}
          aria-label={words('client.together.doing', { at: run.at, total: run.total })}
        />
        <div className="ui-actions">
          <Button onClick={onStop}>{words('client.together.stop')}</Button>
        </div>
      </>
    );
  const said: ReactNode = words(run.is === 'undone' ? 'client.together.undone' : 'client.together.done', {
    count: run.done,
  });
  return (
    <>
      <Notice announce kind={run.refused.length > 0 || run.isStuck ? 'attention' : 'info'}>
        <p>{said}</p>
        {run.done > 0 && unsent > 0 && <p>{words('client.together.kept')}</p>}
        {run.total > run.done + run.refused.length && (
          <p>{words('client.together.left', { count: run.total - run.done - run.refused.length })}</p>
        )}
        {run.isStuck && <p>{words('client.failed')}</p>}
      </Notice>
      {run.refused.length > 0 && (
        <section className="ui-stack">
          <h2>{words('client.together.refused', { count: run.refused.length })}</h2>
          <p className="ui-muted">{words('client.together.refusedText')}</p>
          <Clients plans={run.refused} label={words('client.together.refused', { count: run.refused.length })} />
        </section>
      )}
      <div className="ui-actions">
        {run.canUndo > 0 && <Button onClick={onUndo}>{words('client.together.undo', { count: run.canUndo })}</Button>}
        <ButtonLink href={back.href} variant="primary">
          {back.label}
        </ButtonLink>
      </div>
    </>
  );
}
