// All photos and voice notes of a chart, fetched to be there without a network.

import { useEffect, useRef, useState } from 'react';
import { useWorkspace } from '../../sync/client/react.ts';
import type { Space } from '../../sync/core/record.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import type { AppWord } from '../words/catalogue.ts';
import type { NamedFile } from './export-shape.ts';
import { mediaIn } from './media-in.ts';

type State =
  | { readonly kind: 'ready' | 'none' | 'done' }
  | { readonly kind: 'busy'; readonly done: number; readonly total: number }
  | { readonly kind: 'missing'; readonly missing: number };

const PIECE = 100;
const NAMING = ['journalEntry', 'journalRevision', 'journalComment'];

export function KeepMedia({ spaces }: { spaces: readonly Space[] }) {
  const words = useWords<AppWord | RareWord>();
  const { state, start, cancel } = useKeepMedia(spaces);
  return (
    <section className="ui-stack" aria-labelledby="keep-title">
      <h2 id="keep-title">{words('app.media.title')}</h2>
      <p>{words('app.media.text')}</p>
      {state.kind === 'busy' ? (
        <div className="ui-actions">
          <progress value={state.done} max={Math.max(1, state.total)} aria-label={words('app.media.title')} />
          <span>{words('app.media.busy', { done: state.done, total: state.total })}</span>
          <Button onClick={cancel}>{words('app.cancel')}</Button>
        </div>
      ) : (
        <div className="ui-actions">
          <Button onClick={() => void start()}>{words('app.media.do')}</Button>
        </div>
      )}
      {state.kind === 'done' && <Notice announce>{words('app.media.done')}</Notice>}
      {state.kind === 'none' && <Notice announce>{words('app.media.none')}</Notice>}
      {state.kind === 'missing' && (
        <Notice kind="attention" announce>
          {words('app.media.missing', { count: state.missing })}
        </Notice>
      )}
    </section>
  );
}

function useKeepMedia(spaces: readonly Space[]) {
  const { reader, files } = useWorkspace();
  const calling = useRef<AbortController>(null);
  const [state, setState] = useState<State>({ kind: 'ready' });
  useEffect(() => () => calling.current?.abort(), []);

  async function named(space: Space): Promise<(readonly [Space, NamedFile])[]> {
    const rows = await reader.inDepth();
    const found = new Map<string, NamedFile>();
    for (const type of NAMING) {
      const ids = (await rows.marks(space)).filter((mark) => mark.type === type).map(({ id }) => id);
      for (let from = 0; from < ids.length; from += PIECE)
        for (const { fields } of await rows.many(type, ids.slice(from, from + PIECE)))
          for (const file of mediaIn(fields)) for (const one of [file, ...smallOf(file)]) found.set(one.id, one);
    }
    return [...found.values()].map((file) => [space, file] as const);
  }

  async function start(): Promise<void> {
    const call = new AbortController();
    calling.current = call;
    setState({ kind: 'busy', done: 0, total: 0 });
    const all = (await Promise.all(spaces.map(named))).flat();
    const desk = await files();
    let missing = 0;
    for (const [i, [space, file]] of all.entries()) {
      if (call.signal.aborted) return setState({ kind: 'ready' });
      setState({ kind: 'busy', done: i, total: all.length });
      // What the server refused will never be there: nobody has to try that again.
      if ((await desk.open(space, file)) === null) missing += 1;
    }
    if (all.length === 0) setState({ kind: 'none' });
    else setState(missing > 0 ? { kind: 'missing', missing } : { kind: 'done' });
  }
  return { state, start, cancel: () => calling.current?.abort() };
}

function smallOf({ type, thumb }: NamedFile): NamedFile[] {
  return thumb === undefined ? [] : [{ ...thumb, type }];
}
