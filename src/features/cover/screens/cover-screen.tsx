import { useState } from 'react';
import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import { useAuthored } from '../../use-act.ts';
import { useStoredDraft } from '../../use-draft.ts';
import { useSetting } from '../../use-setting.ts';
import { ask } from '../mutators.ts';
import { CoverAsked } from '../parts/cover-asked.tsx';
import { askedOf, faultsOf, formIn, NO_COVER } from '../parts/cover-form.ts';
import type { CoverForm } from '../parts/cover-form.ts';
import { CoverRows } from '../parts/cover-rows.tsx';
import { coversHere, providersHere } from '../queries.ts';
import type { Provider } from '../queries.ts';
import type { CoverWord } from '../words/catalogue.ts';

const DRAFT = 'cover';

export interface CoverScreenProps {
  isProvider: boolean;
  isManager: boolean;
  back: { href: string; label: string };
}

/** Who stands in for whom: asked, answered, set and ended. */
export function CoverScreen({ isProvider, isManager, back }: CoverScreenProps) {
  const words = useWords<CoverWord>();
  const covers = useLive(coversHere, []);
  const providers = useLive(providersHere, []);
  const draft = useStoredDraft(DRAFT, formIn);
  const [round, setRound] = useState(0);
  const isHere = covers !== undefined && providers !== undefined && draft !== undefined;
  return (
    <Page title={words('cover.title')} back={back}>
      <p>{words('cover.intro')}</p>
      {!isHere && <Skeleton rows={5} />}
      {isHere && (
        <>
          <CoverAsked />
          {providers.length < 2 ? (
            <p className="ui-muted">{words('cover.member.none')}</p>
          ) : (
            <Form
              key={round}
              begin={(round === 0 && draft?.value) || NO_COVER}
              {...{ providers, isProvider, isManager }}
              onKept={() => setRound(round + 1)}
            />
          )}
          <CoverRows {...{ covers, isManager }} />
        </>
      )}
    </Page>
  );
}

interface FormProps extends Pick<CoverScreenProps, 'isProvider' | 'isManager'> {
  begin: CoverForm;
  providers: readonly Provider[];
  /** What was typed is kept: the form begins anew. */
  onKept: () => void;
}

function Form({ begin, providers, isProvider, isManager, onKept }: FormProps) {
  const words = useWords<CoverWord>();
  const { memberId } = useWorkspace().reader;
  const form = useCoverForm(begin, { providers, own: isProvider ? memberId : '', onKept });
  const formRef = useFaultFocus(form.tries);
  const { value, change, faults } = form;
  const { absent } = form.meant;
  const fault = (name: keyof CoverForm) => faults[name] && words(faults[name]);
  const isOwn = absent === memberId;
  // Nobody sets himself.
  const able = providers.filter(({ id }) => id !== absent && (isOwn || id !== memberId));
  const optionsOf = (all: readonly Provider[]) => all.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={form.submit}>
      <h2>{words(isOwn ? 'cover.ask.title' : 'cover.set.title')}</h2>
      {form.problem && (
        <Notice kind="attention" announce>
          {words(`cover.${form.problem}`)}
        </Notice>
      )}
      {isManager && (
        <SelectField
          label={words('cover.absent')}
          error={fault('absent')}
          options={optionsOf(providers)}
          value={absent || undefined}
          onChange={(chosen) => change({ absent: chosen })}
        />
      )}
      <SelectField
        label={words('cover.member')}
        error={fault('member')}
        options={optionsOf(able)}
        value={able.some(({ id }) => id === value.member) ? value.member : undefined}
        onChange={(member) => change({ member })}
      />
      <TextField
        type="datetime-local"
        label={words('cover.start')}
        error={fault('start')}
        value={value.start}
        onChange={(start) => change({ start })}
      />
      <TextField
        type="datetime-local"
        label={words('cover.until')}
        error={fault('end')}
        value={value.end}
        onChange={(end) => change({ end })}
      />
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={form.isBusy}>
          {words(isOwn ? 'cover.ask' : 'cover.set')}
        </Button>
      </div>
    </form>
  );
}

function useCoverForm(
  begin: CoverForm,
  { providers, own, onKept }: Pick<FormProps, 'providers' | 'onKept'> & { own: string },
) {
  const words = useWords<CoverWord>();
  const say = useToast();
  const { memberId } = useWorkspace().reader;
  const authored = useAuthored();
  // Where nobody else is named, it is about oneself.
  const meantBy = (value: CoverForm): CoverForm => ({ ...value, absent: value.absent || own });
  const form = useSetting({
    draft: DRAFT,
    begin,
    isFaulty: (value) => Object.keys(faultsOf(meantBy(value), Date.now())).length > 0,
    actOf: (value, who) => ({ name: ask.name, args: { ...who, id: authored().id, ...askedOf(meantBy(value)) } }),
    onKept(value) {
      const { member, absent } = meantBy(value);
      const name = providers.find(({ id }) => id === member)?.name ?? words('cover.someone');
      say({ text: words(absent === memberId ? 'cover.asked.said' : 'cover.set.said', { name }) });
      onKept();
    },
  });
  const meant = meantBy(form.value);
  return { ...form, meant, faults: form.tries > 0 ? faultsOf(meant, Date.now()) : {} };
}
