// A file that waits or was refused: what, since when, how large, why; to try again, to save on the device, or to give up.

import { useState } from 'react';
import { giveUpFile } from '../features/journal/mutators.ts';
import { placeOfFile } from '../features/journal/queries-files.ts';
import type { FilePlace } from '../features/journal/queries-files.ts';
import { isPhoto } from '../features/file/schema.ts';
import { useAct, useAuthored } from '../features/use-act.ts';
import type { FileRecord } from '../sync/client/database.ts';
import { useLive, useWorkspace } from '../sync/client/react.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ListRow } from '../ui/list.tsx';
import { Notice } from '../ui/notice.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useWords } from '../ui/words.ts';
import type { RareWord } from './rare/words/catalogue.ts';
import { saveMedium } from './save-medium.ts';
import type { AppWord } from './words/catalogue.ts';

const SAID = ['too-large', 'invalid', 'no-room', 'not-found'] as const;

/** Goes out behind the words it came with. What was refused, or put off, can be dealt with here. */
export function UnsentFile({ file, why }: { file: FileRecord; why: string }) {
  const words = useWords<AppWord | RareWord>();
  const format = useFormat();
  const { id, row } = file;
  const place = useLive(async (reader) => (row ? placeOfFile(reader, { file: id, row }) : null), [id, row]);
  const isRefused = file.state === 'refused';
  const isStuck = isRefused || (file.pauses ?? 0) > 0;
  const said = SAID.find((one) => one === file.why);
  const reason = words(said ? `app.file.why.${said}` : isRefused ? 'app.refused.other' : 'app.notSent.putOff');
  const kb = format.number(Math.max(1, Math.round((file.bytes - file.offset) / 1000)));
  return (
    <ListRow
      title={words(isVoice(file, place) ? 'app.notSent.voice' : 'app.notSent.photo')}
      meta={format.dateTime(`${file.hour}:00:00.000Z`)}
      foot={isStuck && place !== undefined && <Choices file={file} place={place} />}
    >
      <p className="ui-muted">
        {words('app.notSent.size', { kb })} · {isStuck ? reason : why}
      </p>
    </ListRow>
  );
}

/** Where the row that names it is not here, a photo is known by its small form. */
function isVoice({ small, of }: FileRecord, place: FilePlace | null | undefined): boolean {
  return place ? !isPhoto(place.medium) : small === undefined && of === undefined;
}

function Choices({ file, place }: { file: FileRecord; place: FilePlace | null }) {
  const words = useWords<AppWord | RareWord>();
  const workspace = useWorkspace();
  const [asked, setAsked] = useState(false);
  const [isLost, setLost] = useState(false);
  const voice = isVoice(file, place);
  const whole = file.of ?? file.id;
  async function save({ medium }: FilePlace): Promise<void> {
    const desk = await workspace.files();
    const bytes = await desk.open(file.space, medium);
    if (bytes instanceof Uint8Array) saveMedium(bytes, medium.type);
    else setLost(true);
  }
  return (
    <>
      {isLost && (
        <Notice kind="attention" announce>
          {words('app.file.lost')}
        </Notice>
      )}
      <Button onClick={() => void workspace.sendFilesAgain(whole)}>{words('app.refused.resend')}</Button>
      {place && <Button onClick={() => void save(place)}>{words('app.file.save')}</Button>}
      <Button onClick={() => setAsked(true)}>{words(voice ? 'app.file.discardVoice' : 'app.file.discardPhoto')}</Button>
      <DiscardDialog open={asked} onClose={() => setAsked(false)} {...{ whole, place, voice }} />
    </>
  );
}

interface DiscardProps {
  open: boolean;
  onClose: () => void;
  whole: string;
  place: FilePlace | null;
  voice: boolean;
}

/** Whoever reads the entry is told that it will not come, before it goes from here: nobody waits for what nobody has. */
function DiscardDialog({ open, onClose, whole, place, voice }: DiscardProps) {
  const words = useWords<AppWord | RareWord>();
  const workspace = useWorkspace();
  const authored = useAuthored();
  const { state, act } = useAct();
  async function discard(): Promise<void> {
    if (place) {
      const { client, entry, comment } = place;
      const args = { ...authored(), client, entry, file: whole, ...(comment && { comment }) };
      if (!(await act({ name: giveUpFile.name, args }))) return;
    }
    await workspace.giveUpFile(whole);
    onClose();
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={words(voice ? 'app.file.discardVoice' : 'app.file.discardPhoto')}
      actions={
        <>
          <Button onClick={onClose}>{words('app.cancel')}</Button>
          <Button variant="danger" busy={state === 'busy'} onClick={() => void discard()}>
            {words('app.notSent.discard')}
          </Button>
        </>
      }
    >
      {state !== 'ready' && state !== 'busy' && (
        <Notice kind="attention" announce>
          {words('app.file.kept')}
        </Notice>
      )}
      <p>{words(voice ? 'app.file.discardVoiceText' : 'app.file.discardPhotoText')}</p>
    </Dialog>
  );
}
