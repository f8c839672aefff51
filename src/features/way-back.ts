// The way back from what was done last: offered in a toast, and by a key.

export type Say = (toast: { text: string; onUndo?: () => void }) => () => void;

/** A step without a way back leaves none: what went before it is not taken back in its place. */
export function createWayBack() {
  let last: (() => void) | null = null;
  return {
    /** Tells what was done; `takeBack`, where there is one, is asked for once. */
    offer(say: Say, text: string, takeBack: (() => void) | undefined): void {
      last = null;
      if (takeBack === undefined) return void say({ text });
      let isDone = false;
      const once = () => {
        if (isDone) return;
        isDone = true;
        if (last === once) last = null;
        close();
        takeBack();
      };
      const close = say({ text, onUndo: once });
      last = once;
      return undefined;
    },
    /** What was left of a way back, until another is offered. */
    keep(rest: () => void): void {
      last ??= rest;
    },
    /** Goes it; false where there is none. */
    go(): boolean {
      const takeBack = last;
      last = null;
      takeBack?.();
      return takeBack !== null;
    },
  };
}
