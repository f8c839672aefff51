// The kinds of entries as the practice offers them, and how each is called.

import type { Reader } from '../../../sync/client/reader.ts';
import { useSharedLive } from '../../../sync/client/react.ts';
import type { Row } from '../../../sync/core/record.ts';
import { useWords } from '../../../ui/words.ts';
import { isBuiltIn, kindsFrom, QUESTION_NAMES, standingAsks } from '../../entry-kind/schema.ts';
import type { Ask, Kind, KindSetting, OwnQuestion } from '../../entry-kind/schema.ts';
import type { EntryView } from '../queries.ts';
import type { JournalWord } from '../words/catalogue.ts';

const kindsHere = async (reader: Reader) => kindsFrom((await reader.all('entryKind')) as Row<KindSetting>[]);

/** All kinds, also those that are switched off; undefined while they are being read. */
export function useKinds(): readonly Kind[] | undefined {
  return useSharedLive(kindsHere);
}

/** What an entry of some kind is asked, as the practice has it now, and what stands in it besides. */
export function useAsks({ kind, content }: Pick<EntryView, 'kind' | 'content'>): readonly Ask[] {
  const asks = useKinds()?.find((one) => one.kind === kind)?.asks ?? standingAsks(kind);
  const isAsked = (name: string) => asks.some((ask) => 'asked' in ask && ask.asked === name);
  const answered = QUESTION_NAMES.filter((name) => content[name] !== undefined && !isAsked(name));
  return [...asks, ...answered.map((asked) => ({ asked }))];
}

/** What a kind is called: by the app, or by the practice that made it. */
export function useKindName(): (kind: string) => string {
  const words = useWords<JournalWord>();
  const kinds = useKinds();
  return (kind) => {
    if (isBuiltIn(kind)) return words(`journal.kind.${kind}`);
    return kinds?.find((one) => one.kind === kind)?.name ?? words('journal.kind.own');
  };
}

/** The practice's own questions of all kinds, by id: those too that are no longer asked. */
export function useOwnQuestions(): ReadonlyMap<string, OwnQuestion> {
  const kinds = useKinds() ?? [];
  const all = kinds.flatMap(({ asks, off }) => [...asks, ...off]);
  return new Map(all.flatMap((ask) => ('own' in ask ? [[ask.own.id, ask.own] as const] : [])));
}
