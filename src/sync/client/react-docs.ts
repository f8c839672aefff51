// What screens use of documents; comes with the first screen that has one.

import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { DocPresence, Peer } from './doc-presence.ts';
import type { DocStanding } from './doc-standing.ts';
import type { DocDesk, OpenDoc } from './docs.ts';
import { useLive, useWorkspace } from './react.ts';
import { StoreGone } from './store-troubles.ts';

export type { DocPresence, DocStanding, Peer };

type Doc = OpenDoc['doc'];

/** The document as it is now, drawn again at each change of it; undefined until it is open. */
export function useDoc(document: string): Doc | undefined {
  const workspace = useWorkspace();
  const [shown, setShown] = useState<{ readonly doc: Doc } | { readonly error: unknown }>();
  useEffect(() => {
    let opened: OpenDoc | undefined;
    let isGone = false;
    let watched: Doc | undefined;
    const draw = () => opened && setShown({ doc: opened.doc });
    const watch = () => {
      watched?.off('update', draw);
      watched = opened?.doc;
      watched?.on('update', draw);
      draw();
    };
    void workspace
      .docs()
      .then((docs) => docs.open(document))
      .then((open) => {
        if (isGone) return open.release();
        opened = open;
        open.onReplaced(watch);
        watch();
      })
      .catch((error: unknown) => {
        // That the store has gone is told as news of it.
        if (!isGone && !(error instanceof StoreGone)) setShown({ error });
      });
    return () => {
      isGone = true;
      watched?.off('update', draw);
      opened?.release();
      setShown(undefined);
    };
  }, [workspace, document]);
  if (shown && 'error' in shown) throw shown.error;
  return shown?.doc;
}

const NOBODY: readonly Peer[] = [];
const nobody = () => NOBODY;

/**
 * Who else has the document open now and what each says of himself, drawn again at each change; and how to say something of this page,
 * which is taken back when the screen goes. For as long as the document is open here (`useDoc`).
 */
export function usePresence(document: string): { peers: readonly Peer[]; say: DocPresence['say'] } {
  const presence = useDocDesk()?.presence(document);
  const peers = useSyncExternalStore(
    useCallback((listener: () => void) => presence?.subscribe(listener) ?? (() => undefined), [presence]),
    presence === undefined ? nobody : () => presence.get(),
  );
  useEffect(() => () => presence?.say(null), [presence]);
  return { peers, say: useCallback((state) => presence?.say(state), [presence]) };
}

/** How far own changes of the document have come; undefined until that was looked up since `key` is what it is. */
export function useDocStanding(document: string, key: string): DocStanding | undefined {
  const docs = useDocDesk();
  const looked = useLive(
    async () => docs && { key, document, standing: await docs.standing(document) },
    [docs, document, key],
  );
  return looked?.key === key && looked.document === document ? looked.standing : undefined;
}

function useDocDesk(): DocDesk | undefined {
  const workspace = useWorkspace();
  const [docs, setDocs] = useState<DocDesk>();
  useEffect(() => {
    // Where it does not come, the document does not either, and says why.
    void workspace.docs().then(setDocs, () => undefined);
  }, [workspace]);
  return docs;
}
