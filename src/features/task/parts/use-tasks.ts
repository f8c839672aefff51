// The inbox's tasks: the newest live; what lies deeper and is open, looked for at every exchange. And what is done with one.

import { useEffect, useState } from 'react';
import { troubleOf, useLive, useMutate, useSyncStatus, useWorkspace } from '../../../sync/client/react.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import { useAuthored } from '../../use-act.ts';
import type { ActState } from '../../use-act.ts';
import { cancelTask, completeTask, reopenTask, startTask } from '../mutators.ts';
import { openTasks, openTasksBelow } from '../queries.ts';
import type { TaskView } from '../queries.ts';
import type { TaskWord } from '../words/catalogue.ts';

const WINDOW = 100;

export function useTasks(): readonly TaskView[] {
  const below = useOpenBelow();
  const also = [...below].sort().join(' ');
  const read = useLive(
    (reader) => openTasks(reader, { window: WINDOW, also: also.split(' ').filter(Boolean) }),
    [also],
  );
  return read ?? [];
}

function useOpenBelow(): readonly string[] {
  const { reader } = useWorkspace();
  const { freshAt } = useSyncStatus();
  const [ids, setIds] = useState<readonly string[]>([]);
  useEffect(() => {
    let wanted = true;
    void openTasksBelow(reader, WINDOW).then((found) => {
      if (wanted) setIds(found);
    });
    return () => {
      wanted = false;
    };
  }, [reader, freshAt]);
  return ids;
}

type Move = 'started' | 'completed' | 'cancelled';
const MOVES = { started: startTask, completed: completeTask, cancelled: cancelTask } as const;

/** Ends or takes a task, with a way back from its end. */
export function useTaskActs(): { state: ActState; move: (task: TaskView, to: Move) => void } {
  const words = useWords<TaskWord>();
  const mutate = useMutate();
  const authored = useAuthored();
  const say = useToast();
  const [state, setState] = useState<ActState>('ready');
  async function act(name: string, { id, client }: TaskView): Promise<boolean> {
    try {
      const refusal = await mutate({ name, args: { ...authored(), id, client } });
      setState(refusal === undefined ? 'ready' : { refused: refusal.code });
      return refusal === undefined;
    } catch (error) {
      const trouble = troubleOf(error);
      setState(trouble ?? 'failed');
      if (trouble === undefined) throw error;
      return false;
    }
  }
  async function move(task: TaskView, to: Move): Promise<void> {
    if (!(await act(MOVES[to].name, task))) return;
    const undo = () =>
      void act(reopenTask.name, task).then((isDone) => isDone && say({ text: words('task.said.undone') }));
    say({ text: words(`task.said.${to}`), onUndo: to === 'started' ? undefined : undo });
  }
  return { state, move: (task, to) => void move(task, to) };
}
