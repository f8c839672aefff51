import { Icon } from './icon.tsx';
import './ladder.css';
import { useFormat } from './use-format.ts';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

/** How far a thing has come: on this device, with the server, on the practice's device (and no more is told), read. */
export type LadderState = 'device' | 'sent' | 'delivered' | 'there' | 'seen';

const ICONS = {
  device: 'device',
  sent: 'check',
  delivered: 'check-double',
  there: 'check-double',
  seen: 'eye',
} as const;

export interface LadderProps {
  state: LadderState;
  /** When it came there, ISO 8601. */
  at?: string | undefined;
}

export function Ladder({ state, at }: LadderProps) {
  const words = useWords<UiWord>();
  const format = useFormat();
  return (
    <span className={`ui-ladder ui-ladder-${state}`}>
      <Icon name={ICONS[state]} />
      <span>
        {words(`ui.ladder.${state}`)}
        {at && (
          <>
            {' · '}
            <time dateTime={at}>{format.dateTime(at)}</time>
          </>
        )}
      </span>
    </span>
  );
}
