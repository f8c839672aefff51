import { useLive } from '../../../sync/client/react.ts';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { zoneHere } from '../../use-act.ts';
import { useStoredDraft } from '../../use-draft.ts';
import { draftFrom } from '../parts/hours-draft.ts';
import { HOURS_DRAFT, HoursForm } from '../parts/hours-form.tsx';
import { hoursHere, practiceZone } from '../queries.ts';
import type { HoursWord } from '../words/catalogue.ts';

/** When the practice answers: who decides for the practice says it here. */
export function HoursScreen() {
  const words = useWords<HoursWord>();
  const read = useLive(async (reader) => ({ here: await hoursHere(reader), zone: await practiceZone(reader) }), []);
  const stored = useStoredDraft(HOURS_DRAFT, draftFrom);
  return (
    <Page title={words('hours.title')}>
      <p>{words('hours.intro')}</p>
      {read === undefined || stored === undefined ? (
        <Skeleton rows={5} />
      ) : (
        <>
          {read.here === null && <p className="ui-muted">{words('hours.none')}</p>}
          <HoursForm here={read.here} zone={read.zone ?? zoneHere()} restored={stored?.value} />
        </>
      )}
    </Page>
  );
}
