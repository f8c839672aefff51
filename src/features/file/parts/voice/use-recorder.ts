import type { Space } from '../../../../sync/core/record.ts';
import { useEffect, useRef, useState } from 'react';
import { troubleOf, useWorkspace } from '../../../../sync/client/react.ts';
import { isPhoto, VOICES_MAX } from '../../schema.ts';
import type { Voice } from '../../schema.ts';
import type { MediaList } from '../photos/use-media-list.ts';
import { record } from './record.ts';
import type { MicFault, Recording } from './record.ts';
import { typeOfSound } from './sound-type.ts';

export type VoiceFault = MicFault | 'tooMany' | 'full' | 'failed';

export interface RecorderOptions {
  readonly space: Space;
  readonly list: MediaList;
  readonly onBusy: (busy: boolean) => void;
}

/** How often what was recorded so far is kept: no more than this is lost with a page that is killed. */
const KEEP_MS = 5000;

/**
 * Records into the form. What there is of the note stands in the form from its first second on, and is kept anew while it grows: a
 * page that is locked, left or killed has it with the rest of the draft.
 */
export function useRecorder({ space, list, onBusy }: RecorderOptions) {
  const keep = useKeptNote({ space, list });
  const [recording, setRecording] = useState<Recording>();
  const [fault, setFault] = useState<VoiceFault>();
  const asking = useRef(false);
  const running = useRef<Recording>(undefined);
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    const stop = () => running.current?.stop();
    window.addEventListener('pagehide', stop);
    return () => {
      isThere.current = false;
      window.removeEventListener('pagehide', stop);
      stop();
    };
  }, []);

  async function start(): Promise<void> {
    if (asking.current) return;
    if (list.now().filter((one) => !isPhoto(one)).length >= VOICES_MAX) return setFault('tooMany');
    asking.current = true;
    setFault(undefined);
    onBusy(true);
    const note = keep.begin();
    const begun = await record({
      isThere: () => isThere.current,
      onPiece: (sound, seconds) => void note.keep(sound, seconds).catch((error: unknown) => end(faultOf(error))),
      onEnd: () =>
        void note.end().then(
          () => end(),
          (error: unknown) => end(faultOf(error)),
        ),
    });
    // The form was left while the browser asked: nothing of it is touched any more.
    if (begun === null) return;
    if (typeof begun === 'string') return end(begun);
    running.current = begun;
    setRecording(begun);
  }
  function end(why?: VoiceFault): void {
    running.current?.stop();
    running.current = undefined;
    asking.current = false;
    setRecording(undefined);
    if (why !== undefined) setFault(why);
    onBusy(false);
  }
  return { recording, fault, start, stop: () => running.current?.stop() };
}

/** Keeps a note that grows, one version after the other; the one before the last goes when the form names a later one. */
function useKeptNote({ space, list }: Pick<RecorderOptions, 'space' | 'list'>) {
  const { files } = useWorkspace();
  return {
    begin() {
      const versions: string[] = [];
      let last: { sound: Blob; seconds: number } | undefined;
      let keptAt = -KEEP_MS;
      let writing: Promise<void> = Promise.resolve();
      async function write(): Promise<void> {
        if (last === undefined) return;
        const { sound, seconds } = last;
        last = undefined;
        keptAt = performance.now();
        const bytes = new Uint8Array(await sound.arrayBuffer());
        const type = typeOfSound(bytes);
        if (type === null) throw new Error('this browser records something else than it says');
        const desk = await files();
        const kept = await desk.keepOne(space, bytes);
        // As players count: a second is there when it is over.
        place({ ...kept, type, seconds: Math.max(1, Math.floor(seconds)) });
        // A draft on the disk may still name the last but one.
        const gone = versions.splice(0, Math.max(0, versions.length - 2));
        for (const id of gone) await desk.letGo(id);
      }
      function place(note: Voice): void {
        const now = list.now();
        const before = versions.at(-1);
        versions.push(note.id);
        const i = now.findIndex(({ id }) => id === before);
        list.change(i < 0 ? [...now, note] : now.with(i, note));
      }
      return {
        keep(sound: Blob, seconds: number): Promise<void> {
          last = { sound, seconds };
          if (performance.now() - keptAt < KEEP_MS) return Promise.resolve();
          keptAt = performance.now();
          return (writing = writing.then(write));
        },
        end: (): Promise<void> => (writing = writing.then(write)),
      };
    },
  };
}

function faultOf(error: unknown): VoiceFault {
  return troubleOf(error) === 'full' ? 'full' : 'failed';
}
