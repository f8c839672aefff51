import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { newId } from '../../../base/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useFaultFocus } from '../../../ui/use-fault-focus.ts';
import { useFormat } from '../../../ui/use-format.ts';
import { UserName } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { useDraftKeeper, useStoredDraft } from '../../use-draft.ts';
import type { Kept } from '../../use-draft.ts';
import type { ItemView, SectionView } from '../queries.ts';
import { changesOf } from '../schema.ts';
import type { Section } from '../schema.ts';
import type { SaidWord } from './said.ts';
import { ItemFields } from './item-fields.tsx';
import { useMemberWords } from './said.ts';
import { SummaryNotice } from './summary-notice.tsx';
import { asItemDraft, draftIdOf, faultsOf, itemOf, newItem, overNow, typedOf } from './typed-item.ts';
import type { ItemDraft, TypedItem } from './typed-item.ts';
import { useSummaryActs } from './use-summary-acts.ts';

export interface OpenedItem {
  readonly section: Section;
  /** `null` for a new one. */
  readonly of: ItemView | null;
  /** That there is none, as it stands where something is added. */
  readonly none: SectionView['none'];
}

export interface ItemDialogProps {
  client: string;
  opened: OpenedItem | null;
  /** Whose record it is: name and birth date. */
  header: ReactNode;
  onClose: () => void;
}

/** One allergy, medication or condition: new, or changed. Closed without saving, what was typed stays a draft. */
export function ItemDialog({ opened, onClose, ...props }: ItemDialogProps) {
  const words = useWords<SaidWord>();
  const { section = 'condition', of = null } = opened ?? {};
  const title = words(of === null ? `chartSummary.add.${section}` : `chartSummary.edit.${section}`);
  return (
    <Dialog open={opened !== null} onClose={onClose} title={title}>
      {opened && <StoredForm {...props} opened={opened} onClose={onClose} />}
    </Dialog>
  );
}

type FormProps = ItemDialogProps & { opened: OpenedItem };

interface ItemFormProps extends FormProps {
  draftId: string;
  restored: Kept<ItemDraft> | null;
}

function StoredForm(props: FormProps) {
  const [opened] = useState(props.opened);
  const draftId = draftIdOf({ client: props.client, section: opened.section, id: opened.of?.id ?? null });
  const restored = useStoredDraft(draftId, asItemDraft);
  return restored === undefined ? null : <ItemForm {...props} opened={opened} draftId={draftId} restored={restored} />;
}

/** What was typed goes on over what stands now, and both are shown. `onClose` also once it is kept. */
export function ItemForm({ header, ...props }: ItemFormProps) {
  const words = useWords<SaidWord>();
  const format = useFormat();
  const form = useItemForm(props);
  const formRef = useFaultFocus(form.tries);
  return (
    <form ref={formRef} className="ui-stack" noValidate onSubmit={(event) => void form.submit(event)}>
      {header}
      {form.restoredAt && (
        <Notice action={<Button onClick={form.discard}>{words('contact.draft.discard')}</Button>}>
          {words('contact.draft', { time: format.dateTime(form.restoredAt) })}
        </Notice>
      )}
      {form.moved.length > 0 && <StandsNow moved={form.moved} of={props.opened.of} />}
      <SummaryNotice state={form.state} draftFailed={form.draftFailed} />
      <ItemFields
        isNew={props.opened.of === null}
        section={props.opened.section}
        typed={form.typed}
        faults={form.faults}
        onChange={form.change}
      />
      {form.isSame && <Notice announce>{words('contact.error.same')}</Notice>}
      <div className="ui-actions">
        <Button onClick={props.onClose}>{words('contact.close')}</Button>
        <Button type="submit" variant="primary" busy={form.state === 'busy'}>
          {words('chartSummary.save')}
        </Button>
      </div>
    </form>
  );
}

/** What others have changed since the kept words were typed, beside them. */
function StandsNow({ moved, of }: { moved: readonly string[]; of: ItemView | null }) {
  const words = useWords<SaidWord>();
  const said = useMemberWords();
  if (of === null) return null;
  return (
    <Notice kind="attention">
      <p>{words('chartSummary.now')}</p>
      {moved.map((name) => (
        <p key={name}>
          <UserName>{said(of.item, name)}</UserName>
        </p>
      ))}
    </Notice>
  );
}

function useItemForm(props: Omit<ItemFormProps, 'header'>) {
  const { client, opened, draftId, restored, onClose } = props;
  const { section, of, none } = opened;
  const fresh = { typed: of ? typedOf(section, of.item) : newItem(section), seen: of?.item ?? null };
  const [id] = useState(() => of?.id ?? newId());
  const [begun] = useState(() => {
    if (restored === null) return { draft: fresh, moved: [] };
    return overNow({ ...restored.value, typed: { ...fresh.typed, ...restored.value.typed } }, of?.item ?? null);
  });
  const [draft, setDraft] = useState<ItemDraft>(begun.draft);
  const [restoredAt, setRestoredAt] = useState(restored?.at);
  const [tries, setTries] = useState(0);
  const { keeper, failed } = useDraftKeeper(draftId);
  const { state, add, change } = useSummaryActs(client, keeper);
  const { typed, seen } = draft;
  const faults = faultsOf(section, typed);
  const item = itemOf(section, typed);
  const isSame = item !== undefined && seen !== null && Object.keys(changesOf(item, seen)).length === 0;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTries(tries + 1);
    if (Object.keys(faults).length > 0 || item === undefined || isSame) return;
    if (await (seen === null ? add(id, item, { none }) : change(id, { item, seen }))) onClose();
  }
  return {
    typed,
    state,
    tries,
    restoredAt,
    /** Once what was typed is discarded, it stands in the fields. */
    moved: restoredAt === undefined ? [] : begun.moved,
    draftFailed: failed,
    faults: tries > 0 ? faults : {},
    isSame: tries > 0 && isSame,
    submit,
    change(next: TypedItem) {
      setDraft({ typed: next, seen });
      keeper.keep({ typed: next, seen });
    },
    discard() {
      keeper.keep(null);
      setDraft(fresh);
      setRestoredAt(undefined);
      setTries(0);
    },
  };
}
