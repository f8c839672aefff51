// The microphone, for one voice note: small enough for a slow line, and handed over again and again while it grows, so that a page
// that is killed has lost only what came after the last time.

export type MicFault = 'denied' | 'noMicrophone' | 'micBusy' | 'unsupported';

export const MOST_SECONDS = 300;
/** Speech; a minute is about 200 kB. */
const BITS_PER_SECOND = 24_000;
const PIECE_MS = 1000;
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
const FULL_LEVEL = 128;

export interface Recording {
  /** Ends it: `onPiece` hears the last of it, then `onEnd`. */
  stop(): void;
  /** How long it is. */
  seconds(): number;
  /** How loud it is now, 0 to 1. */
  level(): number;
}

export interface Hearing {
  /** Whether there is still somebody to hear it when the microphone is there: a person may think long about who may listen. */
  isThere(): boolean;
  /** All that was recorded so far. */
  onPiece(sound: Blob, seconds: number): void;
  /** Nothing more comes: it was stopped, is as long as it may be, or the microphone went away. */
  onEnd(): void;
}

/** Asks for the microphone and records. Tells what stands in the way; null where nobody is there to hear it any more. */
export async function record(hearing: Hearing): Promise<Recording | MicFault | null> {
  const { mediaDevices } = navigator as Partial<Navigator>;
  const mimeType =
    typeof MediaRecorder === 'undefined' ? undefined : TYPES.find((t) => MediaRecorder.isTypeSupported(t));
  if (mediaDevices === undefined || mimeType === undefined) return 'unsupported';
  const audio = { channelCount: 1, echoCancellation: true, noiseSuppression: true };
  const stream = await mediaDevices.getUserMedia({ audio }).catch(faultOf);
  if (typeof stream === 'string') return stream;
  if (!hearing.isThere()) {
    close(stream);
    return null;
  }
  try {
    return begin(stream, { mimeType, hearing });
  } catch {
    close(stream);
    return 'unsupported';
  }
}

function begin(stream: MediaStream, { mimeType, hearing }: { mimeType: string; hearing: Hearing }): Recording {
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
  const meter = meterOf(stream);
  const pieces: Blob[] = [];
  const beganAt = performance.now();
  let endedAt: number | undefined;
  const seconds = () => Math.min(MOST_SECONDS, ((endedAt ?? performance.now()) - beganAt) / 1000);
  const stop = () => {
    endedAt ??= performance.now();
    if (recorder.state !== 'inactive') recorder.stop();
  };
  recorder.addEventListener('dataavailable', ({ data }) => {
    if (data.size > 0) pieces.push(data);
    if (pieces.length > 0) hearing.onPiece(new Blob(pieces, { type: mimeType }), seconds());
    if (seconds() >= MOST_SECONDS) stop();
  });
  recorder.addEventListener('stop', () => {
    endedAt ??= performance.now();
    meter.close();
    close(stream);
    hearing.onEnd();
  });
  recorder.start(PIECE_MS);
  return { stop, seconds, level: meter.level };
}

function close(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Without one there is still a recording. */
function meterOf(stream: MediaStream): { level(): number; close(): void } {
  try {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const wave = new Uint8Array(analyser.fftSize);
    const level = () => {
      analyser.getByteTimeDomainData(wave);
      return wave.reduce((most, one) => Math.max(most, Math.abs(one - FULL_LEVEL)), 0) / FULL_LEVEL;
    };
    return { level, close: () => void context.close().catch(() => undefined) };
  } catch {
    return { level: () => 0, close: () => undefined };
  }
}

function faultOf(error: unknown): MicFault {
  const { name } = error as { name?: string };
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'noMicrophone';
  return name === 'NotReadableError' || name === 'AbortError' ? 'micBusy' : 'denied';
}
