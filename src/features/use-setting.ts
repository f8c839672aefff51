// A form for one setting of a person or a practice: what is typed is kept as a draft, faults are told from the first try on, and what
// is kept becomes the form's own.

import { useState } from 'react';
import type { FormEvent } from 'react';
import type { JsonObject } from '../base/json.ts';
import { useAct, useAuthored } from './use-act.ts';
import { useDraftKeeper } from './use-draft.ts';

type Who = Omit<ReturnType<ReturnType<typeof useAuthored>>, 'id'>;

interface SettingForm<V extends JsonObject> {
  /** The id of its draft. */
  readonly draft: string;
  readonly begin: V;
  readonly isFaulty: (value: V) => boolean;
  /** What keeps it, where it has no fault. */
  readonly actOf: (value: V, who: Who) => { readonly name: string; readonly args: JsonObject };
  readonly onKept: (value: V) => void;
}

/** `problem`: it was not kept, or what is typed is not. */
export function useSetting<V extends JsonObject>({ draft, begin, isFaulty, actOf, onKept }: SettingForm<V>) {
  const authored = useAuthored();
  const { keeper, failed } = useDraftKeeper(draft);
  const { state, act } = useAct(keeper);
  const [value, setValue] = useState(begin);
  const [tries, setTries] = useState(0);
  async function keep(): Promise<void> {
    setTries(tries + 1);
    if (isFaulty(value)) return;
    const { id: _, ...who } = authored();
    if (!(await act(actOf(value, who)))) return;
    setTries(0);
    onKept(value);
  }
  const hasFailed = state !== 'ready' && state !== 'busy';
  const problem: 'failed' | 'draft.failed' | undefined = hasFailed ? 'failed' : failed && 'draft.failed';
  return {
    ...{ value, tries, problem },
    isBusy: state === 'busy',
    change(changes: Partial<V>): void {
      const next = { ...value, ...changes };
      setValue(next);
      keeper.keep(next);
    },
    submit(event: FormEvent): void {
      event.preventDefault();
      void keep();
    },
  };
}
