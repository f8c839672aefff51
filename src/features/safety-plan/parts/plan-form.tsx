import { Fragment, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { useDraftKeeper, useStoredDraft } from '../../use-draft.ts';
import type { Kept } from '../../use-draft.ts';
import { isFollowed as readFollowed } from '../queries.ts';
import type { PlanText, PlanView } from '../queries.ts';
import { PART_MAX, PLAN_PARTS } from '../schema.ts';
import type { PlanPart } from '../schema.ts';
import { Callable } from './callable.tsx';
import { usePlanNames } from './plan-said.ts';
import type { PlanSaid } from './plan-said.ts';
import { asPlanDraft, changesOf, planDraftId, typedOf } from './plan-draft.ts';
import type { PlanDraft, TypedPlan } from './plan-draft.ts';
import { PlanNotice } from './plan-notice.tsx';
import { usePlanActs } from './use-plan-acts.ts';

export interface PlanFormProps {
  client: string;
  /** Whether who writes is the client whose plan it is. */
  isMine: boolean;
  /** Taken as it is when the form opens; what changes after that does not move what is being typed. */
  plan: PlanView;
  /** The part that one came to write. */
  begin: PlanPart | null;
  /** Told while one types. */
  advice?: ((text: string) => ReactNode) | undefined;
  /** Saved, or closed without: what was typed then stays a draft. */
  onClose: () => void;
}

/** All parts of a plan. What was typed and not saved is there again the next time, on whichever day that is. */
export function PlanForm(props: PlanFormProps) {
  const [plan] = useState(props.plan);
  const restored = useStoredDraft(planDraftId(props.client), asPlanDraft);
  if (restored === undefined) return null;
  return <LoadedForm {...props} plan={plan} restored={restored} />;
}

function LoadedForm({ plan, restored, ...props }: PlanFormProps & { restored: Kept<PlanDraft> | null }) {
  const { client, isMine, begin, advice, onClose } = props;
  const words = useWords<PlanSaid>();
  const isFollowed = useLive((reader) => readFollowed(reader, client), [client]);
  const form = usePlanForm({ client, plan, restored, onClose });
  const formRef = useFaultFocus(form.tries);
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={(event) => void form.submit(event)}>
      <p className="ui-muted">
        {isFollowed !== undefined &&
          words(`safetyPlan.shared.${isMine ? 'mine' : 'staff'}${isFollowed ? '' : '.ended'}`)}
      </p>
      {form.restoredAt && <DraftBack at={form.restoredAt} onDiscard={form.discard} />}
      <PlanNotice state={form.state} draftFailed={form.draftFailed} />
      {PLAN_PARTS.map((part) => {
        const over = form.typed[part].length - PART_MAX;
        return (
          <Fragment key={part}>
            <Wordings plan={plan} part={part} />
            <TextArea
              label={words(`safetyPlan.${part}`)}
              hint={words(`safetyPlan.${part}.hint`)}
              optional
              rows={3}
              // Who asked for this part begins in it.
              autoFocus={part === (begin ?? PLAN_PARTS[0])}
              error={form.tries > 0 && over > 0 ? words('journal.error.long', { count: over }) : undefined}
              value={form.typed[part]}
              onChange={(text) => form.change({ ...form.typed, [part]: text })}
            />
          </Fragment>
        );
      })}
      {advice?.(Object.values(form.typed).join('\n'))}
      {form.isSame && <Notice announce>{words('safetyPlan.same')}</Notice>}
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={form.state === 'busy'}>
          {words('safetyPlan.save')}
        </Button>
        <Button onClick={onClose}>{words('ui.close')}</Button>
      </div>
    </form>
  );
}

/** Where two wordings stand, both are read by who writes the third. */
function Wordings({ plan, part }: { plan: PlanView; part: PlanPart }) {
  const words = useWords<PlanSaid>();
  const format = useFormat();
  const nameOf = usePlanNames(plan);
  const versions = plan.questions.find((one) => one.part === part)?.versions ?? [];
  return versions.map(({ by, at, value }) => (
    <div key={`${at} ${by}`}>
      <p className="ui-muted">{words('ui.versions.by', { name: nameOf(by), time: format.dateTime(at) })}</p>
      <Callable>{value ?? words('safetyPlan.emptied')}</Callable>
    </div>
  ));
}

interface Opened extends Pick<PlanFormProps, 'client' | 'plan' | 'onClose'> {
  readonly restored: Kept<PlanDraft> | null;
}

function usePlanForm({ client, plan, restored, onClose }: Opened) {
  const fresh = { typed: typedOf(plan.text), seen: typedOf(plan.text), base: plan.cursor };
  const [draft, setDraft] = useState<PlanDraft>(restored?.value ?? fresh);
  const [restoredAt, setRestoredAt] = useState(restored?.at);
  const [tries, setTries] = useState(0);
  const { keeper, failed } = useDraftKeeper(planDraftId(client));
  const { state, change: save } = usePlanActs(client, keeper);
  const changes = changesOf(draft);
  const isSame = Object.keys(changes).length === 0;
  const isLong = PLAN_PARTS.some((part) => draft.typed[part].length > PART_MAX);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTries(tries + 1);
    if (isSame || isLong) return;
    const before = Object.fromEntries(PLAN_PARTS.map((part) => [part, draft.seen[part] || null])) as PlanText;
    if (await save({ changes, before, base: draft.base, questions: plan.questions })) onClose();
  }
  return {
    typed: draft.typed,
    state,
    tries,
    restoredAt,
    draftFailed: failed,
    isSame: tries > 0 && isSame,
    submit,
    change(typed: TypedPlan) {
      const next = { ...draft, typed };
      setDraft(next);
      keeper.keep(next);
    },
    discard() {
      keeper.keep(null);
      setDraft(fresh);
      setRestoredAt(undefined);
      setTries(0);
    },
  };
}

function DraftBack({ at, onDiscard }: { at: string; onDiscard: () => void }) {
  const words = useWords<PlanSaid>();
  const format = useFormat();
  return (
    <Notice action={<Button onClick={onDiscard}>{words('safetyPlan.draft.discard')}</Button>}>
      {words('safetyPlan.draft', { time: format.dateTime(at) })}
    </Notice>
  );
}
