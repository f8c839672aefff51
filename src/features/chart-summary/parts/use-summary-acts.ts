// What is done to a summary, and how each is taken back: a toast says what was done and undoes it.

import { troubleOf, useMutate } from '../../../sync/client/react.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import type { DraftKeeper } from '../../draft-keeper.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { addItem, changeItem, sayNone } from '../mutators.ts';
import type { Section, SummaryItem } from '../schema.ts';
import type { SaidWord } from './said.ts';

type Act = Parameters<ReturnType<typeof useMutate>>[0];

export function useSummaryActs(client: string, keeper?: DraftKeeper) {
  const words = useWords<SaidWord>();
  const say = useToast();
  const authored = useAuthored();
  const mutate = useMutate();
  const { state, act } = useAct(keeper);
  async function back(undoing: Act): Promise<void> {
    try {
      const refusal = await mutate(undoing);
      say({ text: words(refusal === undefined ? 'contact.undone' : 'chartSummary.refused.changed') });
    } catch (error) {
      say({ text: words('contact.failed') });
      if (troubleOf(error) === undefined) throw error;
    }
  }
  async function perform(doing: Act, undoing: () => Act): Promise<boolean> {
    const done = await act(doing);
    if (done) say({ text: words('contact.saved'), onUndo: () => void back(undoing()) });
    return done;
  }
  const changing = (id: string, { item, seen }: { item: SummaryItem; seen: SummaryItem }): Act => {
    return { name: changeItem.name, args: { ...authored(), id, client, item, seen } };
  };
  const none = (section: Section, isNone: boolean): Act => {
    const { by, at, zone } = authored();
    return { name: sayNone.name, args: { by, at, zone, client, section, none: isNone } };
  };
  return {
    state,
    /** Each resolves to whether it was kept. What was added by mistake stays, and says that it was an error. */
    add(id: string, item: SummaryItem): Promise<boolean> {
      const gone = { ...item, status: 'entered-in-error' } as const;
      return perform({ name: addItem.name, args: { ...authored(), id, client, item } }, () =>
        changing(id, { item: gone, seen: item }),
      );
    },
    change(id: string, { item, seen }: { item: SummaryItem; seen: SummaryItem }): Promise<boolean> {
      return perform(changing(id, { item, seen }), () => changing(id, { item: seen, seen: item }));
    },
    sayNone(section: Section, isNone: boolean): Promise<boolean> {
      return perform(none(section, isNone), () => none(section, !isNone));
    },
  };
}
