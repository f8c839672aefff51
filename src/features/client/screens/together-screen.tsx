import { useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import type { Reader } from '../../../sync/client/reader.ts';
import { Button } from '../../../ui/button.tsx';
import { ChoiceField } from '../../../ui/choice-field.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { archiveEffects, primaryEffects } from '../parts/together-effects.ts';
import { archivePlan, pausePlan, primaryPlan } from '../parts/together-plans.ts';
import type { Plan } from '../parts/together-plans.ts';
import { Effects, Preview, Running } from '../parts/together.tsx';
import type { EffectLine } from '../parts/together.tsx';
import { useOnce } from '../parts/use-once.ts';
import { useTogether } from '../parts/use-together.ts';
import { standsOf, statusesOf } from '../queries-together.ts';
import type { ClientStand, StatusOfClient } from '../queries-together.ts';
import { staffHere } from '../queries.ts';
import { REASON_MAX } from '../schema-status.ts';
import type { ClientWord } from '../words/catalogue.ts';
import { saidDefault } from '../words/said.ts';

export const TOGETHER = ['primary', 'pause', 'resume', 'archive'] as const;
export type Together = (typeof TOGETHER)[number];

const wordOf = (what: Together) => (what === 'pause' ? 'client.pause' : (`client.together.${what}` as const));

export interface TogetherScreenProps {
  what: Together;
  /** Who was chosen. */
  clients: readonly string[];
  back: { href: string; label: string };
  /** How many conversations of each wait for an answer, as far as this device knows. */
  readOwed: (reader: Reader) => Promise<ReadonlyMap<string, number>>;
  /** It was done, with some of them at least. */
  onDone?: (() => void) | undefined;
}

/** Where something is done with many clients at once, or with one: what will happen is shown before. */
export function TogetherScreen({ what, clients, back, readOwed, onDone }: TogetherScreenProps) {
  const words = useWords<ClientWord>();
  const form = { clients, back, onDone };
  return (
    <Page title={words(wordOf(what))} back={back}>
      {clients.length === 0 && (
        <EmptyState icon="clients" title={words('client.together.none')}>
          {words('client.together.noneText')}
        </EmptyState>
      )}
      {clients.length > 0 && what === 'primary' && <PrimaryForm {...form} />}
      {clients.length > 0 && (what === 'pause' || what === 'resume') && <PauseForm {...form} what={what} />}
      {clients.length > 0 && what === 'archive' && <ArchiveForm {...form} readOwed={readOwed} />}
    </Page>
  );
}

type FormProps = Pick<TogetherScreenProps, 'clients' | 'back' | 'onDone'>;

function useMe() {
  const { reader, membership } = useWorkspace();
  return useMemo(() => ({ me: reader.memberId, roles: membership.roles }), [reader, membership]);
}

function useStands(clients: readonly string[]) {
  return useOnce(useCallback((reader: Reader) => standsOf(reader, clients), [clients]));
}

function PrimaryForm({ clients, back, onDone }: FormProps) {
  const words = useWords<ClientWord>();
  const me = useMe();
  const stands = useStands(clients);
  const providers = useLive(staffHere, [])?.providers ?? [];
  const [to, setTo] = useState<string>();
  const [stays, setStays] = useState<'stays' | 'leaves'>('stays');
  const asked = useMemo(() => ({ to: to ?? '', leaves: stays === 'leaves' }), [to, stays]);
  const name = providers.find(({ id }) => id === to)?.name ?? '';
  return (
    <Frame<ClientStand>
      {...{ stands, back, onDone }}
      plan={(stand) => primaryPlan(stand, asked, me)}
      effects={(able) => primaryEffects(able, { ...asked, name }, me)}
      fault={to === undefined ? 'client.together.choose' : undefined}
      label={words('client.together.primary')}
    >
      {(fault) => (
        <>
          <SelectField
            label={words('client.team.to')}
            error={fault}
            options={providers.map((one) => ({ value: one.id, label: one.name }))}
            value={to}
            onChange={setTo}
          />
          <ChoiceField
            label={words('client.team.before')}
            look="rows"
            choices={(['stays', 'leaves'] as const).map((value) => ({ value, label: words(`client.team.${value}`) }))}
            value={stays}
            onChange={setStays}
          />
        </>
      )}
    </Frame>
  );
}

function PauseForm({ clients, back, onDone, what }: FormProps & { what: 'pause' | 'resume' }) {
  const words = useWords<ClientWord>();
  const me = useMe();
  const stands = useStands(clients);
  const [reason, setReason] = useState('');
  const because = what === 'resume' ? null : reason.trim();
  return (
    <Frame<ClientStand>
      {...{ stands, back, onDone }}
      plan={(stand) => pausePlan(stand, because, me)}
      effects={() => [{ word: what === 'pause' ? 'client.pause.text' : 'client.pause.ended' }]}
      fault={because === '' ? 'client.reason.missing' : undefined}
      label={words(wordOf(what))}
    >
      {(fault) => what === 'pause' && <Reason error={fault} value={reason} onChange={setReason} />}
    </Frame>
  );
}

function Reason(props: { error: string | undefined; value: string; onChange: (reason: string) => void }) {
  const words = useWords<ClientWord>();
  return (
    <TextField label={words('client.reason')} hint={words('client.reason.hint')} maxLength={REASON_MAX} {...props} />
  );
}

function ArchiveForm({ clients, back, onDone, readOwed }: FormProps & Pick<TogetherScreenProps, 'readOwed'>) {
  const words = useWords<ClientWord>();
  const me = useMe();
  const read = useOnce(
    useCallback(
      async (reader: Reader) => ({
        stands: await statusesOf(reader, clients, new Date().toISOString()),
        owed: await readOwed(reader),
      }),
      [clients, readOwed],
    ),
  );
  const [reason, setReason] = useState('');
  const owed = read === undefined || read === 'failed' ? new Map<string, number>() : read.owed;
  const saidTo = (language: string | null) => saidDefault(language) ?? words('client.said.default');
  return (
    <Frame<StatusOfClient>
      stands={read === undefined || read === 'failed' ? read : read.stands}
      {...{ back, onDone }}
      plan={(one) => archivePlan(one, { reason: reason.trim(), saidTo, owed }, me)}
      effects={archiveEffects}
      fault={reason.trim() === '' ? 'client.reason.missing' : undefined}
      label={words('client.together.archive')}
      isEnd
    >
      {(fault) => <Reason error={fault} value={reason} onChange={setReason} />}
    </Frame>
  );
}

interface FrameProps<S> extends Pick<TogetherScreenProps, 'back' | 'onDone'> {
  stands: readonly S[] | undefined | 'failed';
  plan: (stand: S) => Plan;
  /** Of those with whom it will be done. */
  effects: (able: readonly S[]) => readonly EffectLine[];
  fault: ClientWord | undefined;
  label: string;
  /** Care ends by it. */
  isEnd?: boolean;
  children: (fault: string | undefined) => ReactNode;
}

function Frame<S>({ stands, plan, effects, fault, label, isEnd = false, back, onDone, children }: FrameProps<S>) {
  const words = useWords<ClientWord>();
  const { run, begin, undo, stop } = useTogether(onDone);
  const [tries, setTries] = useState(0);
  const form = useFaultFocus(tries);
  if (stands === 'failed') return <Notice kind="attention">{words('client.together.unread')}</Notice>;
  if (stands === undefined) return <Skeleton rows={4} />;
  if (run.is !== 'ready') return <Running {...{ run, back }} onStop={stop} onUndo={() => void undo()} />;
  const all = stands.map((stand) => ({ stand, plan: plan(stand) }));
  const able = all.filter((one) => one.plan.why === undefined);
  return (
    <form
      ref={form}
      className="ui-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTries(tries + 1);
        if (fault === undefined && able.length > 0) void begin(able.map((one) => one.plan));
      }}
    >
      {children(tries > 0 && fault !== undefined ? words(fault) : undefined)}
      {able.length > 0 && <Effects lines={effects(able.map(({ stand }) => stand))} />}
      <Preview plans={all.map((one) => one.plan)} />
      <div className="ui-actions">
        <Button type="submit" variant={isEnd ? 'danger' : 'primary'} disabled={able.length === 0}>
          {label} ({able.length})
        </Button>
      </div>
    </form>
  );
}
