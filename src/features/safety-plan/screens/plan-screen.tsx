import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { focusMain, Page } from '../../../ui/page.tsx';
import type { PageProps } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { PlanForm } from '../parts/plan-form.tsx';
import type { PlanFormProps } from '../parts/plan-form.tsx';
import { PlanNotice } from '../parts/plan-notice.tsx';
import { PlanHistory, PlanSheet } from '../parts/plan-sheet.tsx';
import { usePlanActs } from '../parts/use-plan-acts.ts';
import { planOf } from '../queries.ts';
import type { PlanView } from '../queries.ts';
import type { PlanPart } from '../schema.ts';
import type { PlanSaid } from '../parts/plan-said.ts';
import './plan-screen.css';

export interface SafetyPlanScreenProps extends Pick<PlanFormProps, 'client' | 'isMine' | 'advice'> {
  back: NonNullable<PageProps['back']>;
  /** Whose plan it is: on screen and on paper. */
  header: ReactNode;
  /** Whom to call, where the plan is not enough. */
  calls?: ReactNode;
}

/** A safety plan: read and called from, printed, and written by both sides. All of it from this device. */
export function SafetyPlanScreen({ client, isMine, back, header, calls, advice }: SafetyPlanScreenProps) {
  const words = useWords<PlanSaid>();
  const read = useLive(async (reader) => ({ client, plan: await planOf(reader, client) }), [client]);
  const [opened, setOpened] = useState<{ plan: PlanView; begin: PlanPart | null } | null>(null);
  function close(): void {
    setOpened(null);
    // What had the focus is gone with the form.
    focusMain();
  }
  // Never one client's plan under another's name.
  const plan = read?.client === client ? read.plan : undefined;
  return (
    <Page title={words(isMine ? 'safetyPlan.mine' : 'safetyPlan.title')} back={back}>
      <div className="safety-plan ui-stack">
        {header}
        {opened ? (
          <PlanForm client={client} isMine={isMine} {...opened} advice={advice} onClose={close} />
        ) : plan === undefined ? (
          <Skeleton />
        ) : plan === null ? (
          <EmptyState icon="plan" title={words('safetyPlan.fetching')} />
        ) : (
          <Plan client={client} plan={plan} onOpen={(begin) => setOpened({ plan, begin })} />
        )}
        {calls}
      </div>
    </Page>
  );
}

function Plan({ client, plan, onOpen }: { client: string; plan: PlanView; onOpen: (begin: PlanPart | null) => void }) {
  const words = useWords<PlanSaid>();
  const { state, change } = usePlanActs(client);
  function choose(part: PlanPart, value: string | null): void {
    const { text: before, cursor: base, questions } = plan;
    void change({ changes: { [part]: value }, before, base, questions });
  }
  const write = (
    <Button variant={plan.isEmpty ? 'primary' : 'quiet'} icon="edit" onClick={() => onOpen(null)}>
      {words(plan.isEmpty ? 'safetyPlan.write' : 'safetyPlan.edit')}
    </Button>
  );
  if (plan.isEmpty && plan.questions.length === 0) {
    return (
      <>
        <EmptyState icon="plan" title={words('safetyPlan.empty.title')} action={write}>
          {words('safetyPlan.empty.text')}
        </EmptyState>
        <PlanHistory plan={plan} />
      </>
    );
  }
  return (
    <>
      <PlanNotice state={state} />
      <PlanSheet plan={plan} onChoose={choose} onWrite={onOpen} />
      <PlanHistory plan={plan} />
      <div className="ui-actions ui-screen-only">
        {write}
        <Button onClick={() => window.print()}>{words('safetyPlan.print')}</Button>
      </div>
    </>
  );
}
