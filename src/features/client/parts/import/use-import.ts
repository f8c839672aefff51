// One list on its way in: chosen, said what it holds, looked at row by row, taken on.

import { useEffect, useRef, useState } from 'react';
import type { JsonObject } from '../../../../base/json.ts';
import { troubleOf, useWorkspace } from '../../../../sync/client/react.ts';
import { useLocale } from '../../../../ui/words.ts';
import { useAuthored } from '../../../use-act.ts';
import type { StaffHere } from '../../queries.ts';
import { clientsToCompare } from '../../queries-duplicates.ts';
import { dayHere } from '../use-birth.ts';
import { addAll } from './add-all.ts';
import type { Added } from './add-all.ts';
import { judgeRows } from './judge.ts';
import type { Judged } from './judge.ts';
import { readList } from './read-list.ts';
import type { Encoding, List, ListFault } from './read-list.ts';
import { draftOf, guessSettings, rowsOf } from './settings.ts';
import type { Begun, Settings } from './settings.ts';

export const DRAFT = 'client.import';

const TOLD_EACH_MS = 100;

/** Whether a row is to be taken, where somebody has said it. */
export type Ticks = ReadonlyMap<number, boolean>;

export type Stage =
  | { readonly at: 'choose'; readonly fault: ListFault | null }
  | {
      readonly at: 'busy';
      readonly doing: 'reading' | 'judging' | 'adding';
      readonly done: number;
      readonly all: number;
    }
  | { readonly at: 'columns'; readonly list: List }
  | { readonly at: 'rows'; readonly list: List; readonly judged: readonly Judged[] }
  | {
      readonly at: 'done';
      readonly list: List;
      readonly judged: readonly Judged[];
      readonly ticks: Ticks;
      readonly added: Added;
    };

/** Those who may be here already are taken only where somebody says so. */
export const isTicked = (one: Judged, ticks: Ticks): boolean =>
  canTick(one) && (ticks.get(one.row.n) ?? one.state === 'ready');
export const canTick = ({ state }: Judged): boolean => state === 'ready' || state === 'alike';

export interface Importing {
  /** Who reads no other clients takes on his own. */
  readonly isOffice: boolean;
  readonly providers: StaffHere['providers'];
  readonly begun: Begun | null;
}

export function useImport({ isOffice, providers, begun }: Importing) {
  const { reader, membership, mutate, keepDraft } = useWorkspace();
  const { tags } = useLocale();
  const authored = useAuthored();
  const [stage, setStage] = useState<Stage>({ at: 'choose', fault: null });
  const [settings, setSettings] = useState<Settings>();
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

  /** Where there is no room for it, whoever comes back says it once more. */
  const remember = (content: JsonObject | null) =>
    keepDraft(DRAFT, content).catch((error: unknown) => {
      if (troubleOf(error) === undefined) throw error;
    });

  async function look(list: List, said: Settings): Promise<void> {
    const rows = rowsOf(list, said);
    const onDone = busy('judging', rows.length);
    onDone(0);
    await remember(draftOf(list, said));
    const known = await clientsToCompare(reader, tags);
    const { columns, order } = said;
    const what = {
      rows,
      columns,
      separator: list.separator,
      order: order ?? 'dmy',
      known,
      list: `${membership.practice} ${list.digest}`,
    } as const;
    setStage({ at: 'rows', list, judged: await judgeRows({ ...what, today: dayHere() }, onDone) });
  }

  async function add({ list, judged }: { list: List; judged: readonly Judged[] }, ticks: Ticks): Promise<void> {
    if (settings === undefined) return;
    const people = judged.flatMap((one) =>
      isTicked(one, ticks) && 'newcomer' in one ? [{ n: one.row.n, newcomer: one.newcomer }] : [],
    );
    const onDone = busy('adding', people.length);
    onDone(0);
    stopped.current = false;
    // Who was chosen in an earlier try may be none any more.
    const chosen = providers.some(({ id }) => id === settings.primary) ? settings.primary : '';
    const primary = isOffice ? chosen : reader.memberId;
    const said = () => {
      const { id: _, ...who } = authored();
      return { ...who, status: settings.status, ...(primary !== '' && { primary }) };
    };
    const added = await addAll({ people, mutate, said, isStopped: () => stopped.current, onDone });
    if (added.end === 'all') await remember(null);
    setStage({ at: 'done', list, judged, ticks, added });
    if ('error' in added) throw added.error;
  }

  return {
    ...{ stage, settings, choose, look, add },
    change: (changes: Partial<Settings>) => setSettings((now) => now && { ...now, ...changes }),
    reread(encoding: Encoding): void {
      if (file.current && settings) void choose(file.current, { encoding, before: settings });
    },
    stop: () => void (stopped.current = true),
    back: (list: List) => setStage({ at: 'columns', list }),
    again: () => setStage({ at: 'choose', fault: null }),
  };
}
