// What screens use of documents; comes with the first screen that has one.

import { useEffect, useState } from 'react';
import type { OpenDoc } from './docs.ts';
import { useWorkspace } from './react.ts';

type Doc = OpenDoc['doc'];

/** The document as it is now, drawn again at each change of it; undefined until it is open. */
export function useDoc(document: string): Doc | undefined {
  const workspace = useWorkspace();
  const [shown, setShown] = useState<{ readonly doc: Doc }>();
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
      });
    return () => {
      isGone = true;
      watched?.off('update', draw);
      opened?.release();
      setShown(undefined);
    };
  }, [workspace, document]);
  return shown?.doc;
}
