import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { TRIGGERS } from '../../scheduled-message/schema.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { useDraftKeeper } from '../../use-draft.ts';
import { decide } from '../mutators.ts';
import type { AutomationView, Outlook } from '../queries.ts';
import type { AutomationWord } from '../words/catalogue.ts';
import { OutlookOf } from './outlook.tsx';
import { faultsOf, NEW_RULE, ruleIn, seenAnew } from './rule-form.ts';
import type { RuleFaults, RuleForm } from './rule-form.ts';

interface ComposeProps {
  begin: RuleForm;
  /** As they stand now. */
  rules: readonly AutomationView[];
  outlook: Outlook;
  /** Whose a new one is; undefined: the practice's. */
  member: string | undefined;
  /** The form begins anew. */
  onDone: () => void;
}

/** What happens, how long after it, and the words; before it is kept stands what will happen. */
export function ComposeRule(props: ComposeProps) {
  const words = useWords<AutomationWord>();
  const form = useCompose(props);
  const formRef = useFaultFocus(form.tries);
  const { value, change, faults } = form;
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={form.look}>
      <h2>{words(value.id === null ? 'automation.new' : 'automation.edit')}</h2>
      {form.problem && (
        <Notice kind="attention" announce>
          {words(form.problem)}
        </Notice>
      )}
      <SelectField
        label={words('automation.trigger')}
        options={TRIGGERS.map((one) => ({ value: one, label: words(`automation.trigger.${one}`) }))}
        value={value.trigger}
        onChange={(trigger) => change({ trigger })}
      />
      <NumberField
        label={words('automation.delay')}
        hint={words('automation.delay.hint')}
        error={faults.delayDays && words(faults.delayDays)}
        value={value.delayDays ?? undefined}
        onChange={(days) => change({ delayDays: days ?? null })}
      />
      <TextArea
        label={words('automation.body')}
        hint={words('automation.body.hint')}
        error={faults.body && words(faults.body)}
        value={value.body}
        onChange={(body) => change({ body })}
      />
      <div className="ui-actions">
        <Button type="submit" variant="primary">
          {words('automation.look')}
        </Button>
        {value.id !== null && <Button onClick={form.leave}>{words('automation.look.back')}</Button>}
      </div>
      <Dialog
        open={form.isLooking}
        onClose={form.close}
        title={words('automation.look')}
        actions={
          <>
            <Button onClick={form.close}>{words('automation.look.back')}</Button>
            <Button variant="primary" busy={form.isBusy} onClick={() => void form.keep()}>
              {words('automation.keep')}
            </Button>
          </>
        }
      >
        <OutlookOf rule={ruleIn(value, props.member)} outlook={props.outlook} />
      </Dialog>
    </form>
  );
}

function useCompose({ begin, rules, member, onDone }: ComposeProps) {
  const words = useWords<AutomationWord>();
  const say = useToast();
  const authored = useAuthored();
  const { keeper, failed } = useDraftKeeper('automation');
  const { state, act } = useAct(keeper);
  const isChanged = typeof state === 'object' && state.refused === 'changed';
  const [value, setValue] = useState(begin);
  const [tries, setTries] = useState(0);
  const [isLooking, setLooking] = useState(false);
  const close = () => setLooking(false);
  function change(changes: Partial<RuleForm>): void {
    const next = { ...value, ...changes };
    setValue(next);
    keeper.keep(next);
  }
  function look(event: FormEvent): void {
    event.preventDefault();
    // Told that somebody has changed it, and where it stands, he has that before him.
    if (isChanged) change(seenAnew(value, rules));
    setTries(tries + 1);
    setLooking(Object.keys(faultsOf(value)).length === 0);
  }
  async function keep(): Promise<void> {
    const who = authored();
    const rule = ruleIn(value, member);
    const args = { ...who, id: value.id ?? who.id, rule, ...(value.seen && { seen: value.seen }) };
    const isKept = await act({ name: decide.name, args });
    close();
    if (!isKept) return;
    say({ text: words('automation.kept') });
    onDone();
  }
  function leave(): void {
    keeper.keep(null);
    setValue(NEW_RULE);
    onDone();
  }
  const hasFailed = state !== 'ready' && state !== 'busy';
  const problem: AutomationWord | undefined = isChanged
    ? 'automation.changed'
    : hasFailed
      ? 'automation.failed'
      : failed && 'automation.draft.failed';
  const faults: RuleFaults = tries > 0 ? faultsOf(value) : {};
  return { value, change, faults, tries, problem, isLooking, look, keep, close, leave, isBusy: state === 'busy' };
}
