// What is done to a summary, and how each is taken back: a toast says what was done and undoes it.

import { troubleOf, useMutate, useWorkspace } from '../../../sync/client/react.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import type { DraftKeeper } from '../../draft-keeper.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { addItem, changeItem, sayNone } from '../mutators.ts';
import { summaryOf } from '../queries.ts';
import type { SectionView } from '../queries.ts';
import type { Section, SummaryItem } from '../schema.ts';
import type { SaidWord } from './said.ts';

type Statement = SectionView['none'];
type Act = Parameters<ReturnType<typeof useMutate>>[0];

export function useSummaryActs(client: string, keeper?: DraftKeeper) {
  const words = useWords<SaidWord>();
  const say = useToast();
  const authored = useAuthored();
  const mutate = useMutate();
  const { state, act } = useAct(keeper);
  const { reader } = useWorkspace();
  async function back(undoing: Act, then?: () => Promise<Act | undefined>): Promise<void> {
    try {
      let refusal = await mutate(undoing);
      const more = refusal === undefined ? await then?.() : undefined;
      if (more) refusal = await mutate(more);
      say({ text: words(refusal === undefined ? 'contact.undone' : 'chartSummary.refused.changed') });
    } catch (error) {
      say({ text: words('contact.failed') });
      if (troubleOf(error) === undefined) throw error;
    }
  }
  async function perform(doing: Act, undoing: () => Act, then?: () => Promise<Act | undefined>): Promise<boolean> {
    const done = await act(doing);
    if (done) say({ text: words('contact.saved'), onUndo: () => void back(undoing(), then) });
    return done;
  }
  const changing = (id: string, { item, seen }: { item: SummaryItem; seen: SummaryItem }): Act => {
    return { name: changeItem.name, args: { ...authored(), id, client, item, seen } };
  };
  const none = (section: Section, said: { none: boolean; seen: Statement; former?: true }): Act => {
    const { by, at, zone } = authored();
    return { name: sayNone.name, args: { by, at, zone, client, section, ...said } };
  };
  /** What adding or taking back took away, as it was said then. */
  const former = (section: Section) => none(section, { none: true, seen: null, former: true });
  return {
    state,
    /**
     * Each resolves to whether it was kept. What was added by mistake stays, and says that it was an error; that there was none, which
     * went with it, is said again where nothing else was noted meanwhile.
     */
    add(id: string, item: SummaryItem, { none: taken }: { none: Statement }): Promise<boolean> {
      const gone = { ...item, status: 'entered-in-error' } as const;
      const doing = { name: addItem.name, args: { ...authored(), id, client, item } };
      return perform(
        doing,
        () => changing(id, { item: gone, seen: item }),
        async () => {
          const summary = taken && (await summaryOf(reader, client));
          if (!summary || summary === 'elsewhere') return undefined;
          const view = summary.sections[item.type];
          return view.active.length === 0 && view.none === null ? former(item.type) : undefined;
        },
      );
    },
    change(id: string, { item, seen }: { item: SummaryItem; seen: SummaryItem }): Promise<boolean> {
      return perform(changing(id, { item, seen }), () => changing(id, { item: seen, seen: item }));
    },
    /** `seen` is the statement that stands; it is taken back where there is one. */
    sayNone(section: Section, seen: Statement): Promise<boolean> {
      const doing = none(section, { none: seen === null, seen });
      const { by, at } = doing.args as { by: string; at: string };
      return perform(doing, () => (seen === null ? none(section, { none: false, seen: { by, at } }) : former(section)));
    },
  };
}
