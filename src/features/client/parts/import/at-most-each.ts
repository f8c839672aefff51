/**
 * Calls at once, and then at most once in so many milliseconds; what is asked for meanwhile is done when they are over. `stop` says
 * whether something was still to be done.
 */
export function atMostEach(ms: number, call: () => void): { ask(): void; stop(): boolean } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  function ask(): void {
    isAsked = timer !== undefined;
    if (isAsked) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (isAsked) ask();
    }, ms);
    call();
  }
  function stop(): boolean {
    clearTimeout(timer);
    return isAsked;
  }
  return { ask, stop };
}
