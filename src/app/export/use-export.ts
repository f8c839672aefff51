import { useEffect, useRef, useState } from 'react';
import { kindSetting, withoutSensitiveQuestions } from '../../features/entry-kind/schema.ts';
import { practiceHere } from '../../features/practice/queries.ts';
import { declared } from '../../features/shared.ts';
import { PUBLIC } from '../../features/space-names.ts';
import { zoneHere } from '../../features/use-act.ts';
import { useWorkspace } from '../../sync/client/react.ts';
import type { Space } from '../../sync/core/record.ts';
import { useFormat } from '../../ui/use-format.ts';
import type { OwnRows } from './write-export.ts';
import { mediaIn } from './media-in.ts';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';

export type ExportState =
  | { readonly kind: 'ready' | 'done' | 'failed' }
  | { readonly kind: 'busy'; readonly done: number; readonly total: number };

/** Saving everything, as a screen shows it. It is called off when the screen is left. */
export function useExport(client: string, spaces: readonly Space[], own?: OwnRows) {
  const words = useWords<RareWord>();
  const format = useFormat();
  const { reader, files } = useWorkspace();
  const calling = useRef<AbortController>(null);
  const [state, setState] = useState<ExportState>({ kind: 'ready' });
  useEffect(() => () => calling.current?.abort(), []);
  async function start(): Promise<void> {
    const call = new AbortController();
    calling.current = call;
    setState({ kind: 'busy', done: 0, total: 0 });
    try {
      const { writeExport } = await import('./write-export.ts');
      const savedAt = new Date().toISOString();
      const file = await writeExport({
        reader,
        declared,
        client,
        spaces,
        ...(own && { own }),
        // What the practice's own questions ask.
        besides: {
          space: PUBLIC,
          types: ['entryKind'],
          shown: (fields) => withoutSensitiveQuestions(kindSetting.parse(fields)),
        },
        practice: (await practiceHere(reader))?.name ?? '',
        readme: words('app.export.readme', { time: format.dateTime(savedAt) }),
        savedAt,
        zone: zoneHere(),
        media: {
          namedIn: mediaIn,
          async open(space, file) {
            const found = await (await files()).open(space, file);
            // What the server refused is in no file either.
            return found instanceof Uint8Array ? found : null;
          },
        },
        signal: call.signal,
        onProgress: ({ done, total }) => setState({ kind: 'busy', done, total }),
        breathe: () => new Promise((resolve) => setTimeout(resolve)),
      });
      offer(file, savedAt);
      setState({ kind: 'done' });
    } catch (error) {
      setState({ kind: call.signal.aborted ? 'ready' : 'failed' });
      if (!call.signal.aborted) throw error;
    }
  }
  return { state, start, cancel: () => calling.current?.abort() };
}

/** A name that says nothing of whose it is: file names are seen by whoever looks on. */
function offer(file: Blob, savedAt: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = `interlude-${savedAt.slice(0, 10)}.zip`;
  link.click();
  // The download has begun by then, of however large a file.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
