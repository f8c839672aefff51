import './sync-line.css';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import { Link } from './link.tsx';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

export type LineState = 'offline' | 'connecting' | 'sending' | 'current' | 'signIn' | 'full';

const ICONS = {
  offline: 'wifi-off',
  connecting: 'more',
  sending: 'more',
  current: 'check',
  signIn: 'lock',
  full: 'warning',
} as const satisfies Record<LineState, IconName>;

export interface SyncLineProps {
  state: LineState;
  /** How many things still wait on this device; the link to their list shows while there are any. */
  notSent: { count: number; href: string };
}

/** The one `role="status"` of a screen. When to show which state is the caller's matter. */
export function SyncLine({ state, notSent }: SyncLineProps) {
  const words = useWords<UiWord>();
  return (
    <div className="ui-line">
      <p className="ui-line-state">
        <Icon name={ICONS[state]} />
        <span role="status">{words(`ui.line.${state}`)}</span>
      </p>
      {notSent.count > 0 && (
        <Link href={notSent.href} className="ui-line-link">
          {words('ui.line.notSent', { count: notSent.count })}
        </Link>
      )}
    </div>
  );
}
