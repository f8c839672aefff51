import { useWorkspace } from '../../../sync/client/react.ts';
import { TwoVersions } from '../../../ui/two-versions.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import type { PlanChange, PlanView } from '../queries.ts';
import { PLAN_PARTS } from '../schema.ts';
import type { PlanPart } from '../schema.ts';
import { Callable } from './callable.tsx';
import { usePlanNames } from './plan-said.ts';
import type { PlanSaid } from './plan-said.ts';

export interface PlanSheetProps {
  plan: PlanView;
  onChoose: (part: PlanPart, value: string | null) => void;
  onWrite: (part: PlanPart) => void;
}

/** The plan to be read and called from; where two wordings stand both are there, each with who wrote it. */
export function PlanSheet({ plan, onChoose, onWrite }: PlanSheetProps) {
  const words = useWords<PlanSaid>();
  const nameOf = usePlanNames(plan);
  const { memberId } = useWorkspace().reader;
  return (
    <>
      {PLAN_PARTS.map((part) => {
        const question = plan.questions.find((one) => one.part === part);
        const text = plan.text[part];
        return (
          <section key={part} aria-labelledby={`plan-${part}`} className="ui-stack">
            <h2 id={`plan-${part}`}>{words(`safetyPlan.${part}`)}</h2>
            {question ? (
              <TwoVersions
                what={words(`safetyPlan.${part}`)}
                versions={question.versions.map((one) => ({
                  ...one,
                  by: nameOf(one.by),
                  // In a crisis nobody chooses first and calls then.
                  shown: one.value === null ? undefined : <Callable>{one.value}</Callable>,
                  choose:
                    one.by === memberId
                      ? words('safetyPlan.choose.own')
                      : words('safetyPlan.choose', { name: nameOf(one.by) }),
                }))}
                onChoose={(index) => onChoose(part, question.versions[index]?.value ?? null)}
                onWrite={() => onWrite(part)}
              />
            ) : text === null ? (
              <p className="ui-muted">{words('safetyPlan.nothing')}</p>
            ) : (
              <Callable>{text}</Callable>
            )}
          </section>
        );
      })}
    </>
  );
}

/** Who changed it last, and all changes with what each wrote. */
export function PlanHistory({ plan }: { plan: PlanView }) {
  const words = useWords<PlanSaid>();
  const format = useFormat();
  const nameOf = usePlanNames(plan);
  const [newest] = plan.history;
  if (newest === undefined) return null;
  const said = ({ by, at, isSent }: PlanChange) => {
    const line = words('safetyPlan.changed', { name: nameOf(by), time: format.dateTime(at) });
    return isSent ? line : `${line} (${words('safetyPlan.unsent')})`;
  };
  return (
    <div>
      <p className="ui-muted">{said(newest)}</p>
      <details className="ui-screen-only">
        <summary>{words('safetyPlan.history', { count: plan.history.length })}</summary>
        <ol role="list" className="ui-stack plan-changes">
          {plan.history.map((change) => (
            <li key={change.id}>
              <p className="ui-muted">{said(change)}</p>
              {PLAN_PARTS.filter((part) => part in change.parts).map((part) => (
                <div key={part}>
                  <p>{words(`safetyPlan.${part}`)}</p>
                  <UserText>{change.parts[part] ?? words('safetyPlan.emptied')}</UserText>
                </div>
              ))}
            </li>
          ))}
        </ol>
      </details>
    </div>
  );
}
