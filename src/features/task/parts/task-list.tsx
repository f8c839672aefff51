import type { ReactNode } from 'react';
import { useWorkspace } from '../../../sync/client/react.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Ladder } from '../../../ui/ladder.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import type { ActState } from '../../use-act.ts';
import type { TaskView } from '../queries.ts';
import type { TaskWord } from '../words/catalogue.ts';
import { useTaskActs, useTasks } from './use-tasks.ts';

export interface TaskListProps {
  /** Whose record it is: name and birth date. */
  headerOf: (client: string) => ReactNode;
  hrefOf: (client: string, about: string) => string;
}

/** What somebody has to do, until it is done; nothing where there is nothing. */
export function TaskList({ headerOf, hrefOf }: TaskListProps) {
  const words = useWords<TaskWord>();
  const tasks = useTasks();
  const { state, move } = useTaskActs();
  if (tasks.length === 0) return null;
  return (
    <section className="ui-stack" aria-labelledby="inbox-tasks">
      <h2 id="inbox-tasks">{words('task.title')}</h2>
      <p className="ui-muted">{words('task.text')}</p>
      <Problem state={state} />
      <List label={words('task.title')}>
        {tasks.map((task) => (
          <ListRow
            key={task.id}
            title={words(`task.reason.${task.reason}`)}
            foot={
              <>
                <Button icon="check" onClick={() => move(task, 'completed')}>
                  {words('task.done')}
                </Button>
                {task.isFree && <Button onClick={() => move(task, 'started')}>{words('task.start')}</Button>}
                <ButtonLink href={hrefOf(task.client, task.about)}>{words('task.open')}</ButtonLink>
                <Button onClick={() => move(task, 'cancelled')}>{words('task.cancel')}</Button>
              </>
            }
          >
            {headerOf(task.client)}
            {task.note && <UserText>{task.note}</UserText>}
            <TaskFacts task={task} />
          </ListRow>
        ))}
      </List>
    </section>
  );
}

function TaskFacts({ task: { by, assignee, dueAt, status, sent } }: { task: TaskView }) {
  const words = useWords<TaskWord>();
  const format = useFormat();
  const { memberId } = useWorkspace().reader;
  const nameOf = (name: string | undefined) => name ?? words('task.someone');
  const forWhom = () => {
    if (assignee === undefined) return words('task.forAnyone');
    return assignee.id === memberId ? words('task.forYou') : words('task.for', { name: nameOf(assignee.name) });
  };
  const due = dueAt === undefined ? undefined : Date.parse(dueAt) < Date.now() ? 'task.overdue' : 'task.due';
  return (
    <p className="ui-actions ui-muted">
      <span>
        {by.id === memberId ? words('task.byYou') : words('task.by', { name: nameOf(by.name) })} · {forWhom()}
      </span>
      {status === 'in-progress' && assignee && <Badge kind="accent">{words('task.started')}</Badge>}
      {due && dueAt && (
        <Badge kind={due === 'task.overdue' ? 'attention' : 'neutral'}>
          {words(due, { time: format.dateTime(dueAt) })}
        </Badge>
      )}
      {!sent && <Ladder state="device" />}
    </p>
  );
}

function Problem({ state }: { state: ActState }) {
  const words = useWords<TaskWord | UiWord>();
  if (state === 'ready' || state === 'busy') return null;
  const word = state === 'full' ? 'ui.full' : state === 'failed' ? 'task.failed' : 'task.refused';
  return (
    <Notice kind="attention" announce>
      {words(word)}
    </Notice>
  );
}
