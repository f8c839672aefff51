import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import type { ActState } from '../../use-act.ts';
import { answer, end, resume } from '../mutators.ts';
import type { CoverView } from '../queries.ts';
import type { CoverWord } from '../words/catalogue.ts';

export interface CoverActs {
  readonly state: ActState;
  accept(cover: CoverView): void;
  decline(cover: CoverView): void;
  end(cover: CoverView, said: 'cover.back.said' | 'cover.end.said'): void;
}

/** What is done about what was agreed, each told with the way back. */
export function useCoverActs(): CoverActs {
  const words = useWords<CoverWord>();
  const say = useToast();
  const authored = useAuthored();
  const { state, act } = useAct();
  const at = (id: string) => ({ ...authored(), id });
  async function respond(cover: CoverView, accepts: boolean): Promise<void> {
    if (!(await act({ name: answer.name, args: { ...at(cover.id), accepts } }))) return;
    const name = cover.absentName ?? words('cover.someone');
    say({
      text: accepts ? words('cover.accepted.said', { name }) : words('cover.declined.said'),
      onUndo: () => void act({ name: answer.name, args: at(cover.id) }),
    });
  }
  async function stop(cover: CoverView, said: 'cover.back.said' | 'cover.end.said'): Promise<void> {
    if (!(await act({ name: end.name, args: at(cover.id) }))) return;
    say({ text: words(said), onUndo: () => void act({ name: resume.name, args: at(cover.id) }) });
  }
  return {
    state,
    accept: (cover) => void respond(cover, true),
    decline: (cover) => void respond(cover, false),
    end: (cover, said) => void stop(cover, said),
  };
}
