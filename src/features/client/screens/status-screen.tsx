import { useState } from 'react';
import type { ReactNode } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { newId } from '../../../base/ids.ts';
import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import { Button } from '../../../ui/button.tsx';
import { ChoiceField } from '../../../ui/choice-field.tsx';
import { List, ListRow } from '../../../ui/list.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { UserName } from '../../../ui/user-text.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useFormat } from '../../../ui/use-format.ts';
import { useWords } from '../../../ui/words.ts';
import { useStoredDraft } from '../../use-draft.ts';
import { useSetting } from '../../use-setting.ts';
import { changeStatus } from '../mutators-status.ts';
import { effectsOf, EMPTY_STATUS, faultsOf, statusIn } from '../parts/status-form.ts';
import type { StatusForm } from '../parts/status-form.ts';
import { namedBy, statusOf } from '../queries-status.ts';
import type { StatusStand } from '../queries-status.ts';
import { canBecome, isClinical, isEnded, nextOf, REASON_MAX } from '../schema-status.ts';
import type { ClientWord } from '../words/catalogue.ts';
import { saidDefault } from '../words/said.ts';
import '../parts/client-fields.css';

export interface StatusScreenProps {
  client: string;
  header: ReactNode;
  back: { href: string; label: string };
  /** How many conversations of hers wait for an answer, as far as this device knows; undefined while it is read. */
  owed: number | undefined;
  onKept: (change: { from: StatusStand['status']; to: StatusStand['status'] }) => void;
}

/** Where a client's status is changed: what follows is listed before, and what stands against it. */
export function StatusScreen({ client, header, back, owed, onKept }: StatusScreenProps) {
  const words = useWords<ClientWord>();
  const draftId = `client.status ${client}`;
  const stand = useLive((reader) => statusOf(reader, client, new Date().toISOString()), [client]);
  const draft = useStoredDraft(draftId, statusIn);
  const isHere = stand !== undefined && draft !== undefined && owed !== undefined;
  return (
    <Page title={words('client.status.change')} back={back}>
      {header}
      {!isHere && <Skeleton rows={4} />}
      {isHere && stand === null && <Notice kind="attention">{words('client.gone')}</Notice>}
      {isHere && stand !== null && (
        <>
          <Form {...{ client, stand, owed, draftId, onKept }} begin={draft?.value ?? EMPTY_STATUS} />
          <History stand={stand} />
        </>
      )}
    </Page>
  );
}

interface FormProps extends Pick<StatusScreenProps, 'client' | 'onKept'> {
  stand: StatusStand;
  owed: number;
  draftId: string;
  begin: StatusForm;
}

function Form({ client, stand, owed, draftId, begin, onKept }: FormProps) {
  const words = useWords<ClientWord>();
  const { roles } = useWorkspace().membership;
  const [id] = useState(newId);
  const from = stand.status;
  const unsaid = saidDefault(stand.language) ?? words('client.said.default');
  const next = nextOf(from).filter(
    (to) => canBecome(to, stand) && (roles.includes('provider') || !isClinical(from, to, stand)),
  );
  const ground = { stand, owed, next };
  const form = useSetting({
    draft: draftId,
    begin,
    isFaulty: (value) => Object.keys(faultsOf(value, ground)).length > 0,
    actOf: ({ to, reason, said }, who) => {
      const more: JsonObject = {
        ...(reason.trim() !== '' && { reason: reason.trim() }),
        ...(isEnded(to || from) && { said: said.trim() || unsaid }),
        ...namedBy(stand),
      };
      return { name: changeStatus.name, args: { ...who, id, client, from, to, ...more } };
    },
    onKept: ({ to }) => onKept({ from, to: to || from }),
  });
  const formRef = useFaultFocus(form.tries);
  const { value, change } = form;
  const to = next.find((one) => one === value.to);
  const faults = form.tries > 0 ? faultsOf(value, ground) : {};
  const fault = (name: keyof StatusForm) => faults[name] && words(faults[name]);
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={form.submit}>
      {form.problem && (
        <Notice kind="attention" announce>
          {words(form.problem === 'failed' ? 'client.status.failed' : 'client.draft.failed')}
        </Notice>
      )}
      <p>{words('client.status.now', { status: words(`client.status.${from}`) })}</p>
      <ChoiceField
        label={words('client.status.next')}
        look="rows"
        error={fault('to')}
        choices={next.map((one) => ({
          value: one,
          label: words(`client.status.${one}`),
          hint: words(`client.means.${one}`),
        }))}
        value={to}
        onChange={(chosen) => change({ to: chosen })}
      />
      {to && <Effects {...{ from, to, stand, owed }} />}
      {to && (isEnded(to) || isEnded(from)) && (
        <TextField
          label={words('client.reason')}
          hint={words('client.reason.hint')}
          maxLength={REASON_MAX}
          error={fault('reason')}
          value={value.reason}
          onChange={(reason) => change({ reason })}
        />
      )}
      {to && isEnded(to) && (
        <TextField
          label={words('client.said')}
          hint={words('client.said.hint')}
          optional
          placeholder={unsaid}
          maxLength={REASON_MAX}
          value={value.said}
          onChange={(said) => change({ said })}
        />
      )}
      <div className="ui-actions">
        <Button type="submit" variant={to && isEnded(to) ? 'danger' : 'primary'} busy={form.isBusy}>
          {words('client.status.do')}
        </Button>
      </div>
    </form>
  );
}

/** What follows, and what stands against it. */
function Effects(props: Parameters<typeof effectsOf>[0]) {
  const words = useWords<ClientWord>();
  const { effects, blocks } = effectsOf(props);
  return (
    <>
      <h2>{words('client.effects')}</h2>
      <ul className="client-effects">
        {effects.map(({ word, count = 0 }) => (
          <li key={word}>{words(word, { count })}</li>
        ))}
      </ul>
      {blocks.length > 0 && (
        <Notice kind="attention" title={words('client.blocks')}>
          <ul className="client-effects">
            {blocks.map(({ word, count = 0 }) => (
              <li key={word}>{words(word, { count })}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

function History({ stand: { changes } }: { stand: StatusStand }) {
  const words = useWords<ClientWord>();
  const format = useFormat();
  if (changes.length === 0) return null;
  return (
    <section className="ui-stack" aria-labelledby="status-history">
      <h2 id="status-history">{words('client.history')}</h2>
      <List>
        {changes.map(({ id, from, to, at, byName, reason }) => (
          <ListRow
            key={id}
            title={words('client.history.change', {
              from: words(`client.status.${from}`),
              to: words(`client.status.${to}`),
            })}
          >
            <span className="ui-muted">
              {format.dateTime(at)}
              {byName && (
                <>
                  {' · '}
                  <UserName>{byName}</UserName>
                </>
              )}
            </span>
            {reason && (
              <p>
                <UserName>{reason}</UserName>
              </p>
            )}
          </ListRow>
        ))}
      </List>
    </section>
  );
}
