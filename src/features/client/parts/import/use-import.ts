// One list on its way in: chosen, said what it holds, looked at row by row, taken on.

import { useEffect, useRef, useState } from 'react';
import { useWorkspace } from '../../../../sync/client/react.ts';
import { useLocale } from '../../../../ui/words.ts';
import { useAuthored } from '../../../use-act.ts';
import { useDraftKeeper } from '../../../use-draft.ts';
import type { StaffHere } from '../../queries.ts';
import { allToCompare } from '../../queries-duplicates.ts';
import { dayHere } from '../use-birth.ts';
import { addAll } from './add-all.ts';
import type { Added } from './add-all.ts';
import { judgeRows, listName } from './judge.ts';
import type { Judged } from './judge.ts';
import { withoutLate } from './late.ts';
import { readList } from './read-list.ts';
import type { Encoding, List, ListFault } from './read-list.ts';
import { draftOf, guessSettings, rowsOf } from './settings.ts';
import type { Begun, Settings } from './settings.ts';
import { isTicked, NO_TICKS } from './ticks.ts';
import type { Ticks } from './ticks.ts';

export const DRAFT = 'client.import';

const TOLD_EACH_MS = 100;

export type Stage =
  | { readonly at: 'choose'; readonly fault: ListFault | null }
  | {
      readonly at: 'busy';
      readonly doing: 'reading' | 'judging' | 'adding';
      readonly done: number;
      readonly all: number;
    }
  /** `isPart`: this device has not all clients yet, and nobody can be compared with them. */
  | { readonly at: 'columns'; readonly list: List; readonly isPart?: boolean }
  | {
      readonly at: 'rows';
      readonly list: List;
      readonly judged: readonly Judged[];
      /** Who was known then. */
      readonly before: ReadonlySet<string>;
    }
  | {
      readonly at: 'done';
      readonly list: List;
      readonly judged: readonly Judged[];
      readonly ticks: Ticks;
      readonly added: Added;
    };

export interface Importing {
  /** Who reads no other clients takes on his own. */
  readonly isOffice: boolean;
  readonly providers: StaffHere['providers'];
  readonly begun: Begun | null;
}

export function useImport({ isOffice, providers, begun }: Importing) {
  const { reader, membership, mutate, exchangeNow } = useWorkspace();
  // Where there is no room for it, whoever comes back says it once more.
  const { keeper } = useDraftKeeper(DRAFT);
  const { tags } = useLocale();
  const authored = useAuthored();
  const [stage, setStage] = useState<Stage>({ at: 'choose', fault: null });
  const [settings, setSettings] = useState<Settings>();
  /** By list. */
  const [held, setHeld] = useState<ReadonlyMap<string, Ticks>>(
    new Map(begun === null ? [] : [[begun.digest, begun.ticks]]),
  );
  const file = useRef<File>(undefined);
  const stopped = useRef(false);
  // Whoever leaves the screen stops it; what is done stays.
  useEffect(() => {
    stopped.current = false;
    return () => {
      stopped.current = true;
    };
  }, []);

  /** Tells how far it has come, as often as eyes can follow. */
  function busy(doing: 'reading' | 'judging' | 'adding', all: number): (done: number) => void {
    let told = -Infinity;
    return (done) => {
      if (performance.now() - told < TOLD_EACH_MS) return;
      told = performance.now();
      setStage({ at: 'busy', doing, done, all });
    };
  }

  async function choose(chosen: File, said?: { encoding: Encoding; before: Settings }): Promise<void> {
    file.current = chosen;
    busy('reading', 0)(0);
    const list = await readList(chosen, said);
    if ('fault' in list) return setStage({ at: 'choose', fault: list });
    // The same list once more: in the letters that were said of it before, and with what was said.
    const same = begun?.digest === list.digest ? begun : null;
    if (said === undefined && same !== null && same.encoding !== list.encoding)
      return choose(chosen, { encoding: same.encoding, before: same.settings });
    const { status, primary } = said?.before ?? {};
    const guessed = { ...guessSettings(list), ...(status && { status }), ...(primary && { primary }) };
    const isAsBefore = same !== null && same.encoding === list.encoding;
    setSettings(isAsBefore ? same.settings : guessed);
    setStage({ at: 'columns', list });
  }

  const ticksOf = ({ digest }: List) => held.get(digest) ?? NO_TICKS;

  function tick(list: List, ticks: Ticks): void {
    setHeld(new Map([...held, [list.digest, ticks]]));
    if (settings !== undefined) keeper.keep(draftOf(list, settings, ticks));
  }

  /** Who was chosen in an earlier try may be none any more. */
  function primaryIn(said: Settings): string {
    if (!isOffice) return reader.memberId;
    return providers.some(({ id }) => id === said.primary) ? said.primary : '';
  }

  async function look(list: List, said: Settings): Promise<void> {
    const rows = rowsOf(list, said);
    const onDone = busy('judging', rows.length);
    onDone(0);
    keeper.keep(draftOf(list, said, ticksOf(list)));
    await keeper.flush();
    const known = await allToCompare(reader, tags);
    if (known === null) return setStage({ at: 'columns', list, isPart: true });
    const { columns, order } = said;
    const what = {
      rows,
      columns,
      separator: list.separator,
      order: order ?? 'dmy',
      known,
      list: listName(membership.practice, list.digest, isOffice ? null : reader.memberId),
      primary: primaryIn(said),
    } as const;
    const judged = await judgeRows({ ...what, today: dayHere() }, onDone);
    setStage({ at: 'rows', list, judged, before: new Set(known.map(({ id }) => id)) });
  }

  async function add({ list, before, ...seen }: Stage & { at: 'rows' }): Promise<void> {
    if (settings === undefined) return;
    busy('adding', 0)(0);
    stopped.current = false;
    const primary = primaryIn(settings);
    const known = await allToCompare(reader, tags);
    if (known === null) return setStage({ at: 'columns', list, isPart: true });
    const { judged, ticks } = await withoutLate({ judged: seen.judged, ticks: ticksOf(list), before, known, primary });
    const people = judged.flatMap((one) =>
      isTicked(one, ticks) && 'newcomer' in one ? [{ n: one.row.n, newcomer: one.newcomer }] : [],
    );
    const onDone = busy('adding', people.length);
    onDone(0);
    const said = () => {
      const { id: _, ...who } = authored();
      return { ...who, status: settings.status, ...(primary !== '' && { primary }) };
    };
    const added = await addAll({ people, mutate, send: exchangeNow, said, isStopped: () => stopped.current, onDone });
    if (added.end === 'all') {
      keeper.keep(null);
      await keeper.flush();
    }
    setStage({ at: 'done', list, judged, ticks, added });
    if ('error' in added) throw added.error;
  }

  return {
    ...{ stage, settings, choose, look, ticksOf, tick, add },
    change: (changes: Partial<Settings>) => setSettings((now) => now && { ...now, ...changes }),
    reread(encoding: Encoding): void {
      if (file.current && settings) void choose(file.current, { encoding, before: settings });
    },
    stop: () => void (stopped.current = true),
    back: (list: List) => setStage({ at: 'columns', list }),
    again: () => setStage({ at: 'choose', fault: null }),
  };
}
