import { useEffect, useState } from 'react';

const MINUTE_MS = 60_000;

/** This device's time in milliseconds, to the minute or as often as is said: it moves while the screen is open. */
export function useNow(everyMs = MINUTE_MS): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}
