import { useLive } from '../../../sync/client/react.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { CheckField } from '../../../ui/check-field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { zoneHere } from '../../use-act.ts';
import { useStoredDraft } from '../../use-draft.ts';
import { useSetting } from '../../use-setting.ts';
import { choose } from '../mutators.ts';
import { faultsOf, formIn, formOf, settingOf } from '../parts/away-form.ts';
import type { AwayFaults, AwayForm } from '../parts/away-form.ts';
import { WeekFields } from '../parts/week-fields.tsx';
import { ownAway } from '../queries.ts';
import type { AwayWord } from '../words/catalogue.ts';

const DRAFT = 'away';

/** Where a provider says when he is away, and what his clients are told then. */
export function AwayScreen({ back, coverHref }: { back: { href: string; label: string }; coverHref: string }) {
  const words = useWords<AwayWord>();
  const kept = useLive(ownAway, []);
  const draft = useStoredDraft(DRAFT, formIn);
  return (
    <Page title={words('away.title')} back={back}>
      <p>{words('away.intro')}</p>
      {kept === undefined || draft === undefined ? (
        <Skeleton rows={5} />
      ) : (
        <Form begin={draft?.value ?? formOf(kept)} />
      )}
      <h2>{words('away.cover')}</h2>
      <p>{words('away.cover.text')}</p>
      <div className="ui-actions">
        <ButtonLink href={coverHref}>{words('away.cover.go')}</ButtonLink>
      </div>
    </Page>
  );
}

function Form({ begin }: { begin: AwayForm }) {
  const words = useWords<AwayWord>();
  const form = useAwayForm(begin);
  const formRef = useFaultFocus(form.tries);
  const { value, change, faults } = form;
  const fault = (name: keyof AwayFaults) => faults[name] && words(faults[name]);
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={form.submit}>
      {form.problem && (
        <Notice kind="attention" announce>
          {words(`away.${form.problem}`)}
        </Notice>
      )}
      <CheckField
        label={words('away.isOn')}
        hint={words('away.isOn.hint')}
        checked={value.isOn}
        onChange={(isOn) => change({ isOn })}
      />
      <h2>{words('away.once')}</h2>
      <CheckField label={words('away.once.use')} checked={value.isOnce} onChange={(isOnce) => change({ isOnce })} />
      {value.isOnce && (
        <>
          <TextField
            type="datetime-local"
            label={words('away.from')}
            error={fault('from')}
            value={value.from}
            onChange={(from) => change({ from })}
          />
          <TextField
            type="datetime-local"
            optional
            label={words('away.to')}
            hint={words('away.to.hint')}
            error={fault('to')}
            value={value.to}
            onChange={(to) => change({ to })}
          />
          <Told value={value.onceText} error={fault('onceText')} onChange={(onceText) => change({ onceText })} />
        </>
      )}
      <h2>{words('away.weekly')}</h2>
      <CheckField
        label={words('away.weekly.use')}
        checked={value.isWeekly}
        onChange={(isWeekly) => change({ isWeekly })}
      />
      {value.isWeekly && (
        <>
          <WeekFields days={value.days} error={fault('days')} onChange={(days) => change({ days })} />
          <p className="ui-muted">{words('away.zone', { zone: zoneHere().replaceAll('_', ' ') })}</p>
          <Told
            value={value.weeklyText}
            error={fault('weeklyText')}
            onChange={(weeklyText) => change({ weeklyText })}
          />
        </>
      )}
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={form.isBusy}>
          {words('away.save')}
        </Button>
      </div>
    </form>
  );
}

function Told(props: { value: string; error: string | undefined; onChange: (text: string) => void }) {
  const words = useWords<AwayWord>();
  return <TextArea label={words('away.text')} hint={words('away.text.hint')} {...props} />;
}

function useAwayForm(begin: AwayForm) {
  const words = useWords<AwayWord>();
  const say = useToast();
  const form = useSetting({
    draft: DRAFT,
    begin,
    isFaulty: (value) => Object.keys(faultsOf(value)).length > 0,
    actOf: (value, who) => ({ name: choose.name, args: { ...who, setting: settingOf(value, zoneHere()) } }),
    onKept: () => say({ text: words('away.saved') }),
  });
  return { ...form, faults: form.tries > 0 ? faultsOf(form.value) : {} };
}
