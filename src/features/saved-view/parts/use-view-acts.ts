// What is done with one's own views, each with the way back.

import { useState } from 'react';
import { newId } from '../../../base/ids.ts';
import { useMutate } from '../../../sync/client/react.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import { doActs } from '../../do-acts.ts';
import type { Act } from '../../do-acts.ts';
import { useAuthored } from '../../use-act.ts';
import { keepView, removeView } from '../mutators.ts';
import type { ViewView } from '../queries.ts';
import type { SavedView } from '../schema.ts';
import type { SavedViewWord } from '../words/catalogue.ts';

export function useViewActs() {
  const words = useWords<SavedViewWord>();
  const say = useToast();
  const mutate = useMutate();
  const authored = useAuthored();
  const [hasFailed, setFailed] = useState(false);
  const who = () => {
    const { id: _, ...rest } = authored();
    return rest;
  };
  const keep = ({ id, name, asked, rank }: ViewView): Act => ({
    name: keepView.name,
    args: { ...who(), id, name, asked, rank },
  });
  async function doAll(acts: readonly Act[]): Promise<boolean> {
    const outcome = await doActs(acts, mutate);
    setFailed(outcome.done < acts.length);
    if ('error' in outcome) throw outcome.error;
    return outcome.done === acts.length;
  }
  return {
    hasFailed,
    save: (view: SavedView) => doAll([keep({ ...view, id: newId() })]),
    async remove(view: ViewView): Promise<void> {
      if (!(await doAll([{ name: removeView.name, args: { ...who(), id: view.id } }]))) return;
      say({ text: words('savedView.removed', { name: view.name }), onUndo: () => void doAll([keep(view)]) });
    },
    /** Puts one elsewhere among them: only those get another place that have to. */
    async move(views: readonly ViewView[], from: number, to: number): Promise<void> {
      const moved = [...views];
      moved.splice(to, 0, ...moved.splice(from, 1));
      const changed = moved.map((view, rank) => ({ view, rank })).filter(({ view, rank }) => view.rank !== rank);
      if (!(await doAll(changed.map(({ view, rank }) => keep({ ...view, rank }))))) return;
      say({
        text: words('savedView.moved', { name: views[from]?.name ?? '' }),
        onUndo: () => void doAll(changed.map(({ view }) => keep(view))),
      });
    },
  };
}
