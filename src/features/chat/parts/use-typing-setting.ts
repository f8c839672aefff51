import { useLive, useWorkspace } from '../../../sync/client/react.ts';

/** Kept beside the drafts: under this device's key, on this device alone, and gone with it. */
const SETTING = 'setting:typing';

/** Whether this person wants to be seen typing here, and so sees others; undefined for the moment in which it is looked up. */
export function useTypingSetting(): { isShown: boolean | undefined; choose(isShown: boolean): Promise<void> } {
  const { keepDraft } = useWorkspace();
  const isShown = useLive(async (reader) => (await reader.draft(SETTING))?.content['isOff'] !== true, []);
  return { isShown, choose: (next) => keepDraft(SETTING, next ? null : { isOff: true }) };
}
