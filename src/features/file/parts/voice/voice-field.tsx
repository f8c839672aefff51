import { useEffect, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { useWords } from '../../../../ui/words.ts';
import { isPhoto, VOICES_MAX } from '../../schema.ts';
import { MOST_SECONDS } from './record.ts';
import type { Recording } from './record.ts';
import { clockOf } from './sound-type.ts';
import { useRecorder } from './use-recorder.ts';
import type { RecorderOptions } from './use-recorder.ts';
import { Player, useVoiceName } from './voice-notes.tsx';
import type { VoiceWord } from './words/catalogue.ts';
import './voice.css';

/** Records voice notes, plays them, and takes them out again. */
export function VoiceField(props: RecorderOptions & { adds: boolean }) {
  const { space, adds, list } = props;
  const words = useWords<VoiceWord>();
  const nameOf = useVoiceName();
  const { recording, fault, start, stop } = useRecorder(props);
  const notes = list.shown.filter((one) => !isPhoto(one));
  return (
    <div className="file-voice-field">
      {fault && (
        <Notice kind="attention" announce>
          {words(`file.voice.fault.${fault}`, fault === 'tooMany' ? { most: VOICES_MAX } : {})}
        </Notice>
      )}
      {recording ? (
        <Running recording={recording} onStop={stop} />
      ) : (
        <>
          {notes.length > 0 && (
            <ul className="file-voices" role="list" aria-label={words('file.voice.notes')}>
              {notes.map((note, i) => (
                <li key={note.id}>
                  <Player space={space} note={note} name={nameOf(note, i, notes.length)} />
                  <Button icon="close" onClick={() => list.change(list.now().filter(({ id }) => id !== note.id))}>
                    {notes.length > 1 ? words('file.voice.removeOf', { number: i + 1 }) : words('file.voice.remove')}
                  </Button>
                </li>
              ))}
            </ul>
          )}
          {adds && notes.length < VOICES_MAX && (
            <div className="ui-actions">
              <Button onClick={() => void start()}>
                <span className="file-voice-dot" aria-hidden="true" /> {words('file.voice.record')}
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  );
}

const LOOK_MS = 100;

/** What is being recorded: how long, how loud, and how it ends. */
function Running({ recording, onStop }: { recording: Recording; onStop: () => void }) {
  const words = useWords<VoiceWord>();
  const [now, setNow] = useState({ seconds: 0, level: 0 });
  useEffect(() => {
    const look = setInterval(() => setNow({ seconds: recording.seconds(), level: recording.level() }), LOOK_MS);
    return () => clearInterval(look);
  }, [recording]);
  return (
    <div className="file-voice-running" role="group" aria-label={words('file.voice.recording')}>
      <p>
        <span className="file-voice-dot" aria-hidden="true" /> {words('file.voice.recording')}{' '}
        <span className="file-voice-clock" role="timer">
          {clockOf(now.seconds)} / {clockOf(MOST_SECONDS)}
        </span>
      </p>
      <progress className="file-voice-level" aria-hidden="true" max={1} value={now.level} />
      <p className="ui-muted">{words('file.voice.stopFirst')}</p>
      <div className="ui-actions">
        <Button variant="primary" onClick={onStop}>
          {words('file.voice.stop')}
        </Button>
      </div>
    </div>
  );
}
