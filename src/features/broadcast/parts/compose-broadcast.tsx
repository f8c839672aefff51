import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../../ui/button.tsx';
import { CheckField } from '../../../ui/check-field.tsx';
import { ChoiceField } from '../../../ui/choice-field.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { UserName, UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { useDraftKeeper } from '../../use-draft.ts';
import { confirm } from '../mutators.ts';
import type { BroadcastWord } from '../words/catalogue.ts';
import { audiencesFor, faultsOf, isTicked, kindFor, offered, recipientsOf } from './recipients.ts';
import type { BroadcastDraft, Reachable } from './recipients.ts';
import './compose-broadcast.css';

interface ComposeProps {
  clients: readonly Reachable[];
  isProvider: boolean;
  isManager: boolean;
  /** What was left unsent. */
  restored: BroadcastDraft | undefined;
}

/** Who gets it and what it says; before it is confirmed stands what will happen. */
export function ComposeBroadcast(props: ComposeProps) {
  const words = useWords<BroadcastWord>();
  const form = useCompose(props);
  const formRef = useFaultFocus(form.tries);
  const { draft, change, faults, recipients, kind } = form;
  const audiences = audiencesFor(props).map((value) => ({ value, label: words(`broadcast.audience.${value}`) }));
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={form.look}>
      {form.problem && (
        <Notice kind="attention" announce>
          {words(form.problem)}
        </Notice>
      )}
      <ChoiceField
        look="rows"
        label={words('broadcast.audience')}
        hint={words(`broadcast.where.${kind}`)}
        choices={audiences}
        value={draft.audience}
        onChange={(audience) => change({ audience, turned: [] })}
      />
      <section className="ui-stack" aria-label={words('broadcast.who', { count: recipients.length })}>
        <h2>{words('broadcast.who', { count: recipients.length })}</h2>
        {faults.who && <Notice kind="attention">{words(faults.who)}</Notice>}
        <div className="broadcast-who">
          {offered(props.clients, draft.audience, props).map(({ id, name, birth }) => (
            <CheckField
              key={id}
              label={<UserName>{name}</UserName>}
              hint={birth}
              checked={isTicked(draft, id)}
              onChange={() => form.turn(id)}
            />
          ))}
        </div>
      </section>
      <TextArea
        label={words('broadcast.body')}
        hint={words('broadcast.body.hint')}
        error={faults.body && words(faults.body)}
        value={draft.body}
        onChange={(body) => change({ body })}
      />
      <div className="ui-actions">
        <Button type="submit" variant="primary">
          {words('broadcast.look')}
        </Button>
      </div>
      <Dialog
        open={form.isLooking}
        onClose={form.close}
        title={words('broadcast.look')}
        actions={
          <>
            <Button onClick={form.close}>{words('broadcast.look.back')}</Button>
            <Button variant="primary" icon="send" busy={form.isBusy} onClick={() => void form.send()}>
              {words('broadcast.confirm')}
            </Button>
          </>
        }
      >
        <p>{words('broadcast.look.text', { count: recipients.length })}</p>
        <p>{words(`broadcast.where.${kind}`)}</p>
        <ul className="broadcast-who">
          {recipients.map(({ id, name, birth }) => (
            <li key={id}>
              <UserName>{name}</UserName> <span className="ui-muted">{birth}</span>
            </li>
          ))}
        </ul>
        <blockquote>
          <UserText>{draft.body}</UserText>
        </blockquote>
        <p>{words('broadcast.look.minute')}</p>
      </Dialog>
    </form>
  );
}

function useCompose({ clients, isProvider, isManager, restored }: ComposeProps) {
  const who = { isProvider, isManager };
  const begin: BroadcastDraft = { audience: audiencesFor(who)[0] ?? 'chosen', body: '', turned: [] };
  const authored = useAuthored();
  const { keeper, failed } = useDraftKeeper('broadcast');
  const { state, act } = useAct(keeper);
  const known = restored && audiencesFor(who).includes(restored.audience) ? restored : undefined;
  const [draft, setDraft] = useState(known ?? begin);
  const [tries, setTries] = useState(0);
  const [isLooking, setLooking] = useState(false);
  const recipients = recipientsOf(clients, draft, who);
  const kind = kindFor(draft.audience, who);
  function change(changes: Partial<BroadcastDraft>): void {
    const next = { ...draft, ...changes };
    setDraft(next);
    keeper.keep(next as never);
  }
  function turn(id: string): void {
    const { turned } = draft;
    change({ turned: turned.includes(id) ? turned.filter((one) => one !== id) : [...turned, id] });
  }
  function look(event: FormEvent): void {
    event.preventDefault();
    setTries(tries + 1);
    setLooking(Object.keys(faultsOf(draft, recipients.length)).length === 0);
  }
  async function send(): Promise<void> {
    const { audience, body } = draft;
    const args = { ...authored(), body: body.trim(), kind, audience, recipients: recipients.map(({ id }) => id) };
    const isKept = await act({ name: confirm.name, args });
    setLooking(false);
    if (!isKept) return;
    setDraft(begin);
    setTries(0);
  }
  const problem: BroadcastWord | undefined =
    state !== 'ready' && state !== 'busy' ? 'broadcast.failed' : failed && 'broadcast.draft.failed';
  const faults: ReturnType<typeof faultsOf> = tries > 0 ? faultsOf(draft, recipients.length) : {};
  const close = () => setLooking(false);
  return {
    ...{ draft, change, turn, faults, tries, recipients, kind, problem },
    isLooking,
    look,
    send,
    close,
    isBusy: state === 'busy',
  };
}
