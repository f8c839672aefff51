// A file that waits or was refused: what, since when, how large, why; to try again, to save on the device, or to give up.

import { useEffect, useState } from 'react';
import { discardIntent } from '../features/chat/doc-acts.ts';
import { doIntent } from '../features/chat/doc-here.ts';
import { messageOfFile } from '../features/chat/parts/message-of-file.ts';
import type { MessagePlace } from '../features/chat/parts/message-of-file.ts';
import { giveUpFile } from '../features/journal/mutators.ts';
import { placeOfFile } from '../features/journal/queries-files.ts';
import type { FilePlace } from '../features/journal/queries-files.ts';
import { isPhoto } from '../features/file/schema.ts';
import { useAct, useAuthored } from '../features/use-act.ts';
import type { FileRecord } from '../sync/client/database.ts';
import { useLive, useWorkspace } from '../sync/client/react.ts';
import type { DocRoots } from '../sync/core/doc-kind.ts';
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

type Place = FilePlace | MessagePlace;

/** What names it: a row, or a message of a conversation. Undefined while that is looked up. */
function usePlace({ id, row, space }: FileRecord): Place | null | undefined {
  const workspace = useWorkspace();
  const inRow = useLive(async (reader) => (row ? placeOfFile(reader, { file: id, row }) : null), [id, row]);
  const [inMessage, setInMessage] = useState<MessagePlace | null>();
  useEffect(() => {
    if (row !== undefined) return undefined;
    let isWanted = true;
    const read = async (document: string) => (await workspace.docs()).read(document);
    messageOfFile({ reader: workspace.reader, read }, { space, file: id }).then(
      (found) => isWanted && setInMessage(found),
      () => isWanted && setInMessage(null),
    );
    return () => void (isWanted = false);
  }, [workspace, row, space, id]);
  return row === undefined ? inMessage : inRow;
}

/** Goes out behind the words it came with. What was refused, or put off, can be dealt with here. */
export function UnsentFile({ file, why }: { file: FileRecord; why: string }) {
  const words = useWords<AppWord | RareWord>();
  const format = useFormat();
  const place = usePlace(file);
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
function isVoice({ small, of }: FileRecord, place: Place | null | undefined): boolean {
  return place ? !isPhoto(place.medium) : small === undefined && of === undefined;
}

function Choices({ file, place }: { file: FileRecord; place: Place | null }) {
  const words = useWords<AppWord | RareWord>();
  const workspace = useWorkspace();
  const [asked, setAsked] = useState(false);
  const [isLost, setLost] = useState(false);
  const voice = isVoice(file, place);
  const whole = file.of ?? file.id;
  async function save({ medium }: Place): Promise<void> {
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
  place: Place | null;
  voice: boolean;
}

/** Whoever reads the entry is told that it will not come, before it goes from here: nobody waits for what nobody has. */
function DiscardDialog({ open, onClose, whole, place, voice }: DiscardProps) {
  const words = useWords<AppWord | RareWord>();
  const workspace = useWorkspace();
  const authored = useAuthored();
  const { state, act } = useAct();
  const [hasFailed, setFailed] = useState(false);
  /** Resolves to whether that was kept. */
  async function sayDiscarded({ document, item }: MessagePlace): Promise<boolean> {
    const me = await workspace.reader.userId();
    const intent = me === undefined ? null : discardIntent(item, { me, file: whole });
    if (intent === null) return item.discarded.includes(whole);
    const change = (doc: DocRoots) => void doIntent(doc, intent);
    const docs = await workspace.docs();
    return docs.change({ document, intent, change }).then(
      (refusal) => refusal === undefined,
      () => false,
    );
  }
  async function discard(): Promise<void> {
    if (place && 'document' in place) {
      if (!(await sayDiscarded(place))) return setFailed(true);
    } else if (place) {
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
      {(hasFailed || (state !== 'ready' && state !== 'busy')) && (
        <Notice kind="attention" announce>
          {words('app.file.kept')}
        </Notice>
      )}
      <p>{words(voice ? 'app.file.discardVoiceText' : 'app.file.discardPhotoText')}</p>
    </Dialog>
  );
}
