import { useState } from 'react';
import type { FormEvent } from 'react';
import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import type { Reader } from '../../../sync/client/reader.ts';
import { Button } from '../../../ui/button.tsx';
import { ChoiceField } from '../../../ui/choice-field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useWords } from '../../../ui/words.ts';
import type { UiWord } from '../../../ui/words/en.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import { begin } from '../mutators-begin.ts';
import { TOPIC_MAX } from '../schema.ts';
import type { BegunKind } from '../schema.ts';
import type { ChatWord } from '../words/catalogue.ts';

/** Somebody with whom, or about whom, a conversation can be begun. */
export interface Beginnable {
  readonly client: string;
  /** Of her care team. */
  readonly member: string;
  readonly label: string;
}

export interface BeginScreenProps {
  /** With whom; a function that stays the same. */
  read: (reader: Reader) => Promise<readonly Beginnable[]>;
  /** What the reader may begin; the first is what the form begins with. */
  kinds: readonly BegunKind[];
  /** The client whose chart one comes from. */
  client?: string | undefined;
  back: { href: string; label: string };
  /** It was begun: goes there. */
  onBegun: (conversation: string) => void;
}

/** Where a conversation is begun: of what kind, with whom, and about what. */
export function BeginScreen(props: BeginScreenProps) {
  const { read, back } = props;
  const words = useWords<ChatWord>();
  const whom = useLive(read, [read]);
  return (
    <Page title={words('chat.begin')} back={back}>
      {whom === undefined ? <Skeleton rows={4} /> : <BeginForm {...props} whom={whom} />}
    </Page>
  );
}

const TOPIC_HINTS = {
  direct: 'chat.begin.topic.seen',
  staff: 'chat.begin.topic.staff',
  community: 'chat.begin.topic.community',
} as const satisfies Record<BegunKind, ChatWord>;
const ABOUT_NOBODY = 'nobody';

function BeginForm({ whom, kinds, client, onBegun }: BeginScreenProps & { whom: readonly Beginnable[] }) {
  const words = useWords<ChatWord | UiWord>();
  const form = useBegin({ whom, kinds, client, onBegun });
  const ref = useFaultFocus(form.tries);
  const { kind, key, topic, faults } = form;
  if (kinds.every((one) => one === 'direct') && whom.length === 0) return <p>{words('chat.begin.nobody')}</p>;
  const people = whom.map(({ client: of, member, label }) => ({ value: keyOf({ client: of, member }), label }));
  return (
    <form ref={ref} className="ui-stack" noValidate onSubmit={form.submit}>
      {form.state !== 'ready' && form.state !== 'busy' && (
        <Notice kind="attention" announce>
          {words(form.state === 'full' ? 'ui.full' : form.state === 'failed' ? 'chat.failed' : 'chat.begin.refused')}
        </Notice>
      )}
      {kinds.length > 1 && (
        <ChoiceField
          label={words('chat.begin.kind')}
          look="rows"
          choices={kinds.map((one) => ({
            value: one,
            label: words(`chat.${one}`),
            hint: words(`chat.begin.about.${one}`),
          }))}
          value={kind}
          onChange={form.setKind}
        />
      )}
      {kind === 'direct' && people.length === 0 && <p>{words('chat.begin.nobody')}</p>}
      {(kind === 'staff' || (kind === 'direct' && people.length > 0)) && (
        <SelectField
          label={words(kind === 'staff' ? 'chat.begin.aboutWhom' : 'chat.begin.whom')}
          options={
            kind === 'staff' ? [{ value: ABOUT_NOBODY, label: words('chat.begin.aboutNobody') }, ...people] : people
          }
          error={faults.whom ? words('chat.begin.whom.missing') : undefined}
          value={key}
          onChange={form.setKey}
        />
      )}
      <TextField
        label={words('chat.begin.topic')}
        hint={words(TOPIC_HINTS[kind])}
        optional={kind === 'direct'}
        maxLength={TOPIC_MAX}
        error={faults.topic ? words('chat.begin.topic.missing') : undefined}
        value={topic}
        onChange={form.setTopic}
      />
      <div className="ui-actions">
        <Button type="submit" variant="primary" busy={form.state === 'busy'}>
          {words('chat.begin.do')}
        </Button>
      </div>
    </form>
  );
}

const keyOf = ({ client, member }: Pick<Beginnable, 'client' | 'member'>): string => `${client} ${member}`;

type Form = Pick<BeginScreenProps, 'kinds' | 'client' | 'onBegun'> & { readonly whom: readonly Beginnable[] };

function useBegin({ whom, kinds, client, onBegun }: Form) {
  const authored = useAuthored();
  const { state, act } = useAct();
  const { memberId } = useWorkspace().reader;
  const [kind, setKind] = useState(kinds[0] ?? 'direct');
  const [chosen, setKey] = useState<string>();
  const [topic, setTopic] = useState('');
  const [tries, setTries] = useState(0);
  const given =
    whom.find((one) => one.client === client) ?? (whom.length === 1 && kind === 'direct' ? whom[0] : undefined);
  const key = chosen ?? (given && keyOf(given));
  const person = whom.find((one) => keyOf(one) === key);
  const isWhomMissing = kind === 'direct' ? person === undefined : kind === 'staff' && key === undefined;
  const isTopicMissing = kind !== 'direct' && topic.trim() === '';
  async function submitNow(): Promise<void> {
    setTries(tries + 1);
    if (isWhomMissing || isTopicMissing) return;
    const said = authored();
    const args = {
      ...{ ...said, kind },
      ...(person && kind !== 'community' && { client: person.client }),
      ...(kind === 'direct' && { member: person?.member ?? memberId }),
      ...(topic.trim() !== '' && { topic: topic.trim() }),
    };
    if (await act({ name: begin.name, args })) onBegun(said.id);
  }
  const faults = { whom: tries > 0 && isWhomMissing, topic: tries > 0 && isTopicMissing };
  function submit(event: FormEvent): void {
    event.preventDefault();
    void submitNow();
  }
  return { state, kind, setKind, key, setKey, topic, setTopic, tries, faults, submit };
}
