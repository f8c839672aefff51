import type { JsonObject } from '../../../base/json.ts';
import { useLive } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { CheckField } from '../../../ui/check-field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { useStoredDraft } from '../../use-draft.ts';
import { useSetting } from '../../use-setting.ts';
import { wordWelcome } from '../mutators.ts';
import { welcomeHere } from '../queries.ts';
import { WELCOME_MAX } from '../schema.ts';
import type { Welcome } from '../schema.ts';
import type { WelcomeWord } from '../words/catalogue.ts';

const DRAFT = 'welcome';

/** Where the office words what clients are told first. */
export function WelcomeScreen({ back }: { back: { href: string; label: string } }) {
  const words = useWords<WelcomeWord>();
  const kept = useLive(welcomeHere, []);
  const draft = useStoredDraft(DRAFT, welcomeIn);
  return (
    <Page title={words('welcome.title')} back={back}>
      <p>{words('welcome.intro')}</p>
      {kept === undefined || draft === undefined ? <Skeleton rows={3} /> : <Form begin={draft?.value ?? kept} />}
    </Page>
  );
}

function Form({ begin }: { begin: Welcome }) {
  const words = useWords<WelcomeWord>();
  const say = useToast();
  const { value, tries, problem, isBusy, change, submit } = useSetting({
    draft: DRAFT,
    begin,
    isFaulty: (next) => faultOf(next) !== undefined,
    actOf: (welcome, who) => ({ name: wordWelcome.name, args: { ...who, welcome } }),
    onKept: () => say({ text: words('welcome.saved') }),
  });
  const formRef = useFaultFocus(tries);
  const fault = faultOf(value);
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={submit}>
      {problem && (
        <Notice kind="attention" announce>
          {words(`welcome.${problem}`)}
        </Notice>
      )}
      <CheckField label={words('welcome.isOn')} checked={value.isOn} onChange={(isOn) => change({ isOn })} />
      <TextArea
        rows={8}
        label={words('welcome.text')}
        error={tries > 0 && fault ? words(fault) : undefined}
        value={value.text}
        onChange={(text) => change({ text })}
      />
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={isBusy}>
          {words('welcome.save')}
        </Button>
      </div>
    </form>
  );
}

function faultOf({ text }: Welcome): WelcomeWord | undefined {
  if (text.trim() === '') return 'welcome.empty';
  return text.length > WELCOME_MAX ? 'welcome.tooLong' : undefined;
}

function welcomeIn({ isOn, text }: JsonObject): Welcome | null {
  return typeof isOn === 'boolean' && typeof text === 'string' ? { isOn, text } : null;
}
