// What is decided of conversations as such, each with its way back.

import { useToast } from '../../../../ui/toast.tsx';
import { useWords } from '../../../../ui/words.ts';
import type { Act } from '../../../do-acts.ts';
import { useAuthored } from '../../../use-act.ts';
import { useSteps } from '../../../use-steps.ts';
import { decideBegin, turnOff } from '../../mutators-setting.ts';
import type { DutyWord } from '../../words/duty/catalogue.ts';

export function useSettingActs() {
  const words = useWords<DutyWord>();
  const authored = useAuthored();
  const { state, perform } = useSteps(useToast(), {
    undone: words('duty.said.undone'),
    nothing: words('duty.said.nothing'),
  });
  const said = () => {
    const { id: _, ...rest } = authored();
    return rest;
  };
  /** Without a reason they are on again. */
  const off = (client: string | undefined, reason?: string): Act => ({
    name: turnOff.name,
    args: { ...said(), ...(client !== undefined && { client }), ...(reason !== undefined && { reason }) },
  });
  const begins = (clientsBegin: boolean): Act => ({ name: decideBegin.name, args: { ...said(), clientsBegin } });
  function step(key: string, of: { act: Act; text: string; undo: () => Act }): void {
    void perform({ key, acts: [of.act], said: () => of.text, undo: () => [of.undo()] });
  }
  return {
    state,
    turnOff(client: string | undefined, reason: string) {
      step('off', { act: off(client, reason), text: words('duty.said.off'), undo: () => off(client) });
    },
    turnOn(client: string | undefined, reason: string) {
      step('off', { act: off(client), text: words('duty.said.on'), undo: () => off(client, reason) });
    },
    letBegin(isOn: boolean) {
      const text = words(isOn ? 'duty.said.begin' : 'duty.said.noBegin');
      step('begin', { act: begins(isOn), text, undo: () => begins(!isOn) });
    },
  };
}
