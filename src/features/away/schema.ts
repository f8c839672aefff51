// When a provider is away, as he says it to his clients: for one time, and at hours of the week. One row a provider, under his own
// id, in the space that his clients read. What it may be is held where it is chosen (`mutators.ts`): a client's device only reads it.

import { defineRecord } from '../../sync/core/declare.ts';

export const AWAY = 'away';

/** Of one weekday: not away, all day, or from one time to another, `17:00`; until one that is not later: of the next day. */
export type AwayDay = 'off' | 'day' | { readonly from: string; readonly to: string };

export type Away = {
  /** Off wins over all else. */
  readonly isOn: boolean;
  /** Without `to` there is no end. */
  readonly once?: { readonly from: string; readonly to?: string; readonly text: string } | null;
  /** From Sunday on, on the clocks of this zone. */
  readonly weekly?: { readonly days: readonly AwayDay[]; readonly text: string; readonly zone: string } | null;
};

export const awayRecord = defineRecord({
  name: AWAY,
  schemaVersion: 1,
  fields: {
    parse(fields) {
      const away = fields as Away;
      if (typeof away.isOn !== 'boolean') throw new TypeError('isOn');
      return away;
    },
  },
});
