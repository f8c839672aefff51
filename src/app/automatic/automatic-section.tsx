import type { AutomationWord } from '../../features/automation/words/catalogue.ts';
import type { AwayWord } from '../../features/away/words/catalogue.ts';
import type { BroadcastWord } from '../../features/broadcast/words/catalogue.ts';
import type { CoverWord } from '../../features/cover/words/catalogue.ts';
import type { QueueAgeWord } from '../../features/queue-age/words/catalogue.ts';
import { ownFailed } from '../../features/scheduled-message/queries.ts';
import type { ScheduledWord } from '../../features/scheduled-message/words/catalogue.ts';
import type { WelcomeWord } from '../../features/welcome/words/catalogue.ts';
import { useLive, useWorkspace } from '../../sync/client/react.ts';
import { Badge } from '../../ui/badge.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { useWords } from '../../ui/words.ts';
import { mayGo } from './may-go.ts';

/** In the settings of the staff: what goes by itself, or to many. */
export default function AutomaticSection() {
  const words = useWords<
    AutomationWord | AwayWord | BroadcastWord | CoverWord | QueueAgeWord | ScheduledWord | WelcomeWord
  >();
  const { roles } = useWorkspace().membership;
  const failed = useLive(ownFailed, []) ?? 0;
  const titles = {
    ...{ away: words('away.title'), cover: words('cover.title'), queues: words('queueAge.title') },
    ...{
      later: words('scheduled.title'),
      many: words('broadcast.title'),
      rules: words('automation.title'),
      welcome: words('welcome.title'),
    },
  };
  const open = (['away', 'cover', 'queues', 'later', 'many', 'rules', 'welcome'] as const).filter((what) =>
    mayGo(what, roles),
  );
  return (
    <section className="ui-stack" aria-labelledby="automatic-title">
      <h2 id="automatic-title">{words('broadcast.section')}</h2>
      <div className="ui-actions">
        {open.map((what) => (
          <ButtonLink key={what} href={`/messages/${what}`}>
            {titles[what]}
            {what === 'later' && failed > 0 && (
              <Badge kind="attention">{words('scheduled.notGone', { count: failed })}</Badge>
            )}
          </ButtonLink>
        ))}
      </div>
    </section>
  );
}
