// What staff do to a contact that is there, and how each is taken back: a toast says what was done and undoes it.

import { troubleOf, useMutate } from '../../../sync/client/react.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useWords } from '../../../ui/words.ts';
import { useAct, useAuthored } from '../../use-act.ts';
import type { ActState } from '../../use-act.ts';
import { changeContact, removeContact, restoreContact } from '../mutators.ts';
import type { ContactView } from '../queries.ts';
import { withChanges } from '../schema.ts';
import type { ContactChanges } from '../schema.ts';
import type { ContactWord } from '../words/catalogue.ts';

type Shown = Pick<ContactView, 'id' | 'client' | 'details' | 'questions'>;

export interface ContactActs {
  readonly state: ActState;
  /** `base` is how far the device had news when the contact was shown. Resolves to whether it was kept. */
  change(contact: Shown, change: { changes: ContactChanges; base: number }): Promise<boolean>;
  remove(contact: Shown, base: number): Promise<boolean>;
}

export function useContactActs(): ContactActs {
  const words = useWords<ContactWord>();
  const say = useToast();
  const authored = useAuthored();
  const { state, act } = useAct();
  const undo = useUndo();
  return {
    state,
    async change(contact, { changes, base }) {
      const done = await act(changing(authored(), contact, { changes, base }));
      if (done) say({ text: words('contact.saved'), onUndo: undo.changeOf(contact, { changes, base }) });
      return done;
    },
    async remove({ id, client, details, questions }, base) {
      const args = { ...authored(), id, client, seen: details };
      const done = await act({ name: removeContact.name, args, base });
      if (done) say({ text: words('contact.removed'), onUndo: undo.removalOf({ id, client, details, questions }) });
      return done;
    },
  };
}

/** The way back of a change or a removal, for a toast that outlives the screen it came from. */
export function useUndo() {
  const words = useWords<ContactWord>();
  const say = useToast();
  const authored = useAuthored();
  const mutate = useMutate();
  async function back(acts: readonly Parameters<typeof mutate>[0][], done: ContactWord): Promise<void> {
    try {
      const refusals = [];
      for (const act of acts) refusals.push(await mutate(act));
      say({ text: words(refusals.every((one) => one === undefined) ? done : 'contact.refused') });
    } catch (error) {
      say({ text: words('contact.failed') });
      if (troubleOf(error) === undefined) throw error;
    }
  }
  return {
    /**
     * On the ground of the change itself: what others wrote since is not written over unseen. A question that the change had
     * answered is asked again, with all its values.
     */
    changeOf(contact: Shown, { changes, base }: { changes: ContactChanges; base: number }) {
      const before = formerOf(contact, changes);
      const after = { ...contact, details: withChanges(contact.details, changes) };
      const others = otherValues(contact, changes);
      return () => {
        const first = changing(authored(), after, { changes: before, base });
        const beside = others.map(({ seen, ...other }) => {
          return changing(authored(), { ...contact, details: seen }, { ...other, base, beside: true });
        });
        void back([first, ...beside], 'contact.undone');
      };
    },
    removalOf({ id, client, details }: Shown) {
      const act = () => ({ name: restoreContact.name, args: { ...authored(), id, client, details } });
      return () => void back([act()], 'contact.restored');
    },
  };
}

function changing(
  authored: { by: string; at: string; zone: string },
  { id, client, details }: Pick<Shown, 'id' | 'client' | 'details'>,
  { changes, base, beside }: { changes: ContactChanges; base: number; beside?: true },
) {
  const { by, at, zone } = authored;
  const args = { by, at, zone, id, client, changes, seen: details, ...(beside && { beside }) };
  return { name: changeContact.name, args, base };
}

/** The values that stood in question beside the ones in the fields, each with what its author had before. */
function otherValues({ details, questions }: Shown, changes: ContactChanges) {
  return questions
    .filter(({ field }) => changes[field] !== undefined)
    .flatMap(({ field, versions }) =>
      versions
        .filter(({ value }) => value !== (details[field] ?? null))
        .map(({ value, before = details[field] ?? null }) => ({
          changes: { [field]: value },
          seen: { ...details, [field]: before },
        })),
    );
}

/** What the changed fields were; `null` where they were empty. */
function formerOf({ details }: Shown, changes: ContactChanges): ContactChanges {
  return Object.fromEntries(
    Object.keys(changes).map((field) => [field, details[field as keyof ContactChanges] ?? null]),
  );
}
