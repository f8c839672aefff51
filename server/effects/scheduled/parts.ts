// What messages that go later are said with.

import type { Viewers } from '../../accept/viewer.ts';
import type { AutomaticParts } from '../automatic/parts.ts';
import type { Hand } from '../../relay/hand.ts';
import type { ClockParts } from '../clock/parts.ts';

export interface ScheduledParts extends AutomaticParts, ClockParts {
  readonly viewers: Viewers;
  readonly hand: Hand;
  onRows: ClockParts['onRows'];
}
