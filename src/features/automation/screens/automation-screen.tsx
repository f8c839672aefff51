import { useState } from 'react';
import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { useStoredDraft } from '../../use-draft.ts';
import { AutomationRows } from '../parts/automation-rows.tsx';
import { ComposeRule } from '../parts/compose-rule.tsx';
import { formIn, formOf, NEW_RULE } from '../parts/rule-form.ts';
import type { RuleForm } from '../parts/rule-form.ts';
import { automationsHere, outlookHere } from '../queries.ts';
import type { AutomationWord } from '../words/catalogue.ts';

export interface AutomationScreenProps {
  /** Decides for the practice; who does not, for his own clients. */
  isOffice: boolean;
  back: { href: string; label: string };
}

/** What clients are told by itself as something happens: the rules, and a form for one. */
export function AutomationScreen({ isOffice, back }: AutomationScreenProps) {
  const words = useWords<AutomationWord>();
  const { memberId } = useWorkspace().reader;
  const rules = useLive(automationsHere, []);
  const outlook = useLive(outlookHere, []);
  const draft = useStoredDraft('automation', formIn);
  const [round, setRound] = useState<{ n: number; begin: RuleForm }>({ n: 0, begin: NEW_RULE });
  const beginWith = (begin: RuleForm) => setRound({ n: round.n + 1, begin });
  const isHere = rules !== undefined && outlook !== undefined && draft !== undefined;
  return (
    <Page title={words('automation.title')} back={back}>
      <p>{words('automation.intro')}</p>
      {!isHere && <Skeleton rows={5} />}
      {isHere && (
        <>
          <AutomationRows {...{ rules, isOffice }} onChange={(rule) => beginWith(formOf(rule))} />
          <ComposeRule
            key={round.n}
            begin={(round.n === 0 && draft?.value) || round.begin}
            {...{ rules, outlook }}
            member={isOffice ? undefined : memberId}
            onDone={() => beginWith(NEW_RULE)}
          />
        </>
      )}
    </Page>
  );
}
