import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { decide } from '../mutators.ts';
import type { AutomationView } from '../queries.ts';
import type { AutomationWord } from '../words/catalogue.ts';
import { ruleOf } from './rule-form.ts';

interface RowsProps {
  rules: readonly AutomationView[];
  /** May decide about the practice's. */
  isOffice: boolean;
  onChange: (rule: AutomationView) => void;
}

/** The rules that there are, each turned off and on, and changed by whose it is. */
export function AutomationRows({ rules, isOffice, onChange }: RowsProps) {
  const words = useWords<AutomationWord>();
  return (
    <section className="ui-stack" aria-labelledby="automation-list">
      <h2 id="automation-list">{words('automation.list')}</h2>
      {rules.length === 0 && <p className="ui-muted">{words('automation.list.empty')}</p>}
      {rules.length > 0 && (
        <List label={words('automation.list')}>
          {rules.map((rule) => (
            <Row key={rule.id} {...{ rule, isOffice, onChange }} />
          ))}
        </List>
      )}
    </section>
  );
}

function Row({ rule, isOffice, onChange }: Omit<RowsProps, 'rules'> & { rule: AutomationView }) {
  const words = useWords<AutomationWord>();
  const { state, turn } = useTurn(rule);
  const { trigger, delayDays, body, isOn, member, memberName, isOwn, sent, planned } = rule;
  const mayDecide = member === undefined ? isOffice : isOwn;
  const mayTurnOff = isOffice && isOn;
  return (
    <ListRow
      title={words(`automation.trigger.${trigger}`)}
      meta={<Badge kind={isOn ? 'accent' : 'neutral'}>{words(isOn ? 'automation.on' : 'automation.off')}</Badge>}
      foot={
        (mayDecide || mayTurnOff) && (
          <div className="ui-actions">
            {mayDecide && <Button onClick={() => onChange(rule)}>{words('automation.change')}</Button>}
            <Button busy={state === 'busy'} onClick={() => void turn()}>
              {words(isOn ? 'automation.turnOff' : 'automation.turnOn')}
            </Button>
          </div>
        )
      }
    >
      <UserText>{body}</UserText>
      <p>{words('automation.delay.row', { days: delayDays })}</p>
      <p className="ui-muted">
        {member === undefined ? words('automation.ofPractice') : words('automation.of', { name: memberName ?? '…' })}
      </p>
      {isOn && <p className="ui-muted">{words('automation.planned', { count: planned })}</p>}
      {!sent && <p className="ui-muted">{words('automation.unsent')}</p>}
      {state !== 'ready' && state !== 'busy' && (
        <Notice kind="attention" announce>
          {words('automation.failed')}
        </Notice>
      )}
    </ListRow>
  );
}

/** Off and on; each is the way back from the other. */
function useTurn(rule: AutomationView) {
  const words = useWords<AutomationWord>();
  const say = useToast();
  const authored = useAuthored();
  const { state, act } = useAct();
  async function turn(): Promise<void> {
    const seen = ruleOf(rule);
    const next = { ...seen, isOn: !seen.isOn };
    if (!(await act({ name: decide.name, args: { ...authored(), id: rule.id, rule: next, seen } }))) return;
    say({ text: words(next.isOn ? 'automation.turnedOn' : 'automation.turnedOff') });
  }
  return { state, turn };
}
