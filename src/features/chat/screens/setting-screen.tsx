import { useLive } from '../../../sync/client/react.ts';
import { CheckField } from '../../../ui/check-field.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { OffSetting } from '../parts/setting/off-setting.tsx';
import { useSettingActs } from '../parts/setting/use-setting-acts.ts';
import { DutyProblem } from '../parts/use-chat-feed.tsx';
import { settingFor } from '../queries-participants.ts';
import { SETTING_DEFAULT } from '../schema-setting.ts';
import type { DutyWord } from '../words/duty/catalogue.ts';

/** What owner and admins decide of conversations: whether clients begin any, and whether anything is written at all. */
export function ChatSettingScreen({ back }: { back: { href: string; label: string } }) {
  const words = useWords<DutyWord>();
  const acts = useSettingActs();
  const read = useLive(async (reader) => ({ setting: await settingFor(reader, undefined) }), []);
  return (
    <Page title={words('duty.setting')} back={back}>
      <DutyProblem state={acts.state} />
      {read === undefined ? (
        <Skeleton rows={3} />
      ) : (
        <CheckField
          label={words('duty.setting.begin')}
          hint={words('duty.setting.begin.hint')}
          checked={read.setting?.clientsBegin ?? SETTING_DEFAULT.clientsBegin}
          onChange={acts.letBegin}
        />
      )}
      <section aria-labelledby="chat-off" className="ui-stack">
        <h2 id="chat-off">{words('duty.off.heading')}</h2>
        <OffSetting />
      </section>
    </Page>
  );
}
