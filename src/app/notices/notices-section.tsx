// What a person wants to hear of while the app is closed: on this device, by kind and way, and when.

import { useRef, useState } from 'react';
import { choose } from '../../features/notification/mutators.ts';
import { settingsOf } from '../../features/notification/queries.ts';
import { DIGEST_HOUR, isWanted, NOTICES, QUIET } from '../../features/notification/schema.ts';
import type { NoticeKind, NoticeWay, NotificationSettings } from '../../features/notification/schema.ts';
import { useAct, useAuthored, zoneHere } from '../../features/use-act.ts';
import { useLive, useWorkspace } from '../../sync/client/react.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useLocale, useWords } from '../../ui/words.ts';
import { isManagerHere, portalOf } from '../portal-kind.ts';
import { HourField } from './hour-field.tsx';
import { PushHere } from './push-here-part.tsx';
import type { NoticeWord } from './words/catalogue.ts';
import './notices.css';

const KINDS = {
  client: ['comment', 'reaction'],
  provider: ['entry', 'comment', 'task', 'risk'],
} as const satisfies Record<string, readonly NoticeKind[]>;

/** Only who is on a care team, or has one, is ever told of something. */
function kindsFor(roles: readonly string[]): readonly NoticeKind[] {
  return roles.includes('provider') ? KINDS.provider : roles.includes('client') ? KINDS.client : [];
}

type Settings = Partial<NotificationSettings>;

export default function NoticesSection() {
  const words = useWords<NoticeWord>();
  const workspace = useWorkspace();
  const kinds = kindsFor(workspace.membership.roles);
  return (
    <>
      {kinds.length > 0 && <Choices kinds={kinds} />}
      {isManagerHere(workspace) && (
        <section className="ui-stack">
          <h2>{words('hours.section')}</h2>
          <ButtonLink href="/admin/hours">{words('hours.link')}</ButtonLink>
        </section>
      )}
      {isManagerHere(workspace) && (
        <section className="ui-stack">
          <h2>{words('mail.title')}</h2>
          <ButtonLink href="/admin/mail">{words('mail.link')}</ButtonLink>
        </section>
      )}
    </>
  );
}

function Choices({ kinds }: { kinds: readonly NoticeKind[] }) {
  const words = useWords<NoticeWord>();
  const { settings, change, hasFailed } = useSettings();
  if (settings === undefined) return null;
  const { switches = {} } = settings;
  return (
    <section className="ui-stack" aria-labelledby="notices-title">
      <h2 id="notices-title">{words('notices.title')}</h2>
      <p className="ui-muted">{words('notices.text')}</p>
      <PushHere />
      {hasFailed && <Notice kind="attention">{words('notices.failed')}</Notice>}
      <h3>{words('notices.what')}</h3>
      {kinds.map((kind) => (
        <KindField
          key={kind}
          {...{ kind, switches }}
          onChange={(way, is) => change({ switches: { [`${kind}.${way}`]: is } })}
        />
      ))}
      <Times settings={settings} change={change} />
    </section>
  );
}

/** When nobody is to be disturbed, and when the letter comes. */
function Times({ settings, change }: { settings: Settings; change: (chosen: Settings) => void }) {
  const words = useWords<NoticeWord>();
  const quiet = settings.quiet ?? QUIET;
  const keepQuiet = (hours: Partial<typeof QUIET>) =>
    change({ quiet: { ...QUIET, ...(quiet !== 'off' && quiet), ...hours } });
  const zone = (settings.zone ?? zoneHere()).replaceAll('_', ' ');
  return (
    <>
      <h3>{words('notices.quiet')}</h3>
      <CheckField
        label={words('notices.quiet.use')}
        hint={words('notices.quiet.hint')}
        checked={quiet !== 'off'}
        onChange={(is) => change({ quiet: is ? QUIET : 'off' })}
      />
      {quiet !== 'off' && (
        <div className="notices-hours">
          <HourField label={words('notices.quiet.from')} value={quiet.from} onChange={(from) => keepQuiet({ from })} />
          <HourField label={words('notices.quiet.to')} value={quiet.to} onChange={(to) => keepQuiet({ to })} />
        </div>
      )}
      <div className="notices-hours">
        <HourField
          label={words('notices.digest')}
          value={settings.digestHour ?? DIGEST_HOUR}
          onChange={(digestHour) => change({ digestHour })}
        />
      </div>
      <p className="ui-muted">
        {words('notices.digest.hint')} {words('notices.zone', { zone })}
      </p>
    </>
  );
}

/** What is kept, with what was pressed and is being kept before it. */
function useSettings() {
  const words = useWords<NoticeWord>();
  const { locale } = useLocale();
  const say = useToast();
  const authored = useAuthored();
  const { state, act } = useAct();
  const kept = useLive((reader) => settingsOf(reader), []);
  const [pressed, setPressed] = useState<Settings>({});
  // One is kept after another, however fast they are pressed.
  const line = useRef(Promise.resolve());
  async function keep(chosen: Settings): Promise<void> {
    const { id: _, ...who } = authored();
    if (await act({ name: choose.name, args: { ...who, ...chosen, language: locale } }))
      say({ text: words('notices.saved') });
    else setPressed({});
  }
  const change = (chosen: Settings) => {
    setPressed((before) => merged(before, chosen));
    line.current = line.current.then(() => keep(chosen));
  };
  const settings = kept === undefined ? undefined : merged(kept ?? {}, pressed);
  return { settings, change, hasFailed: state !== 'ready' && state !== 'busy' };
}

function merged(before: Settings, chosen: Settings): Settings {
  return { ...before, ...chosen, switches: { ...before.switches, ...chosen.switches } };
}

function KindField({
  kind,
  switches,
  onChange,
}: {
  kind: NoticeKind;
  switches: NotificationSettings['switches'];
  onChange: (way: NoticeWay, is: boolean) => void;
}) {
  const words = useWords<NoticeWord>();
  const portal = portalOf(useWorkspace());
  const ways = Object.keys(NOTICES[kind]) as NoticeWay[];
  return (
    <fieldset className="notices-kind">
      <legend>{words(kind === 'comment' ? `notices.comment.${portal}` : `notices.${kind}`)}</legend>
      {kind === 'risk' && <p className="ui-muted">{words('notices.risk.hint')}</p>}
      {ways.map((way) => (
        <CheckField
          key={way}
          label={words(`notices.by.${way}`)}
          checked={isWanted(switches, kind, way)}
          onChange={(is) => onChange(way, is)}
        />
      ))}
    </fieldset>
  );
}
