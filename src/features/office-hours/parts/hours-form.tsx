import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../../ui/button.tsx';
import { LOCALES } from '../../../ui/locale.ts';
import { Notice } from '../../../ui/notice.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { useDraftKeeper } from '../../use-draft.ts';
import { decide } from '../mutators.ts';
import type { HoursHere } from '../queries.ts';
import { REPLY_HOURS_MOST } from '../schema-hours.ts';
import type { HoursWord } from '../words/catalogue.ts';
import { draftOf, hoursOf } from './hours-draft.ts';
import type { HoursDraft, HoursFault } from './hours-draft.ts';
import { HoursWeek } from './hours-week.tsx';

export const HOURS_DRAFT = 'office-hours';

export interface HoursFormProps {
  /** As they hold now; what is edited is what stood there when the form opened. */
  here: HoursHere | null;
  /** The practice's own. */
  zone: string;
  restored: HoursDraft | undefined;
}

export function HoursForm({ here, zone, restored }: HoursFormProps) {
  const words = useWords<HoursWord | UiWord>();
  const form = useHoursForm({ here, zone, restored });
  const ref = useFaultFocus(form.tries);
  const { draft, change, faultAt } = form;
  const long = (language: string) =>
    form.faults.find((fault) => fault.at === 'guidelines' && fault.language === language);
  const holiday = faultAt('holidays');
  return (
    <form ref={ref} className="ui-stack" noValidate onSubmit={form.submit}>
      {form.isOvertaken && (
        <Notice kind="attention" announce>
          <p>{words('hours.overtaken')}</p>
          <Button onClick={form.showNewer}>{words('hours.showNewer')}</Button>
        </Notice>
      )}
      {form.problem && (
        <Notice kind="attention" announce>
          {words(form.problem)}
        </Notice>
      )}
      <TextField
        label={words('hours.zone')}
        error={faultAt('zone') && words('hours.zone.wrong')}
        dir="ltr"
        value={draft.zone}
        onChange={(next) => change({ ...draft, zone: next.trim() })}
      />
      <HoursWeek draft={draft} faults={form.faults} onChange={change} />
      <NumberField
        label={words('hours.reply')}
        min={1}
        max={REPLY_HOURS_MOST}
        error={faultAt('replyHours') && words('hours.reply.wrong', { most: REPLY_HOURS_MOST })}
        value={draft.replyHours}
        onChange={(replyHours) => change({ ...draft, replyHours })}
      />
      <TextArea
        label={words('hours.holidays')}
        hint={words('hours.holidays.hint')}
        optional
        dir="ltr"
        error={holiday?.at === 'holidays' ? words('hours.holidays.wrong', { day: holiday.day }) : undefined}
        value={draft.holidays}
        onChange={(holidays) => change({ ...draft, holidays })}
      />
      {LOCALES.map(({ id, name, direction }) => {
        const fault = long(id);
        return (
          <TextArea
            key={id}
            label={words('hours.guidelines', { language: name })}
            hint={words('hours.guidelines.hint')}
            optional
            lang={id}
            dir={direction}
            error={fault?.at === 'guidelines' ? words('hours.guidelines.long', { count: fault.over }) : undefined}
            value={draft.guidelines[id] ?? ''}
            onChange={(text) => change({ ...draft, guidelines: { ...draft.guidelines, [id]: text } })}
          />
        );
      })}
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={form.isBusy}>
          {words('hours.save')}
        </Button>
      </div>
    </form>
  );
}

function useHoursForm({ here, zone, restored }: HoursFormProps) {
  const words = useWords<HoursWord>();
  const say = useToast();
  const authored = useAuthored();
  const { keeper, failed } = useDraftKeeper(HOURS_DRAFT);
  const { state, act } = useAct(keeper);
  const [opened, setOpened] = useState(here?.decision);
  const [draft, setDraft] = useState(() => restored ?? draftOf(here?.hours, zone));
  const [tries, setTries] = useState(0);
  const said = hoursOf(draft);
  const faults: readonly HoursFault[] = tries > 0 && 'faults' in said ? said.faults : [];
  const isOvertaken = here?.decision !== opened;
  function change(next: HoursDraft): void {
    setDraft(next);
    keeper.keep({ ...next, replyHours: next.replyHours ?? null });
  }
  async function submitNow(): Promise<void> {
    setTries(tries + 1);
    if ('faults' in said || isOvertaken) return;
    const args = { ...authored(), hours: said.hours };
    if (!(await act({ name: decide.name, args }))) return;
    setOpened(args.id);
    setTries(0);
    say({ text: words('hours.saved') });
  }
  const isRefused = state === 'failed' || typeof state === 'object';
  return {
    ...{ draft, change, tries, faults, isOvertaken },
    faultAt: (at: HoursFault['at']) => faults.find((fault) => fault.at === at),
    isBusy: state === 'busy',
    problem:
      state === 'full' || failed === 'full'
        ? ('ui.full' as const)
        : isRefused || failed
          ? ('hours.failed' as const)
          : undefined,
    submit(event: FormEvent) {
      event.preventDefault();
      void submitNow();
    },
    showNewer() {
      setOpened(here?.decision);
      change(draftOf(here?.hours, zone));
    },
  };
}
