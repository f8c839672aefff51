// A list of any length of which only what is in sight is drawn. It scrolls with its page; how many rows it has, and which this is, is
// said of each.

import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode, Ref, RefObject } from 'react';
import { GROUP, groupsIn, Heights, spanAt } from './list-window.ts';
import type { Span } from './list-window.ts';

/** How high rows were when one was last drawn: whoever comes back finds the page as long as it was. */
let lastRow = 64;

export interface LongListHandle {
  /** Draws a row if it is not, and puts the focus on its link. */
  focus(at: number): void;
}

export interface LongListProps {
  label: string;
  count: number;
  /** Other rows than before: what was measured is not of them. */
  of: unknown;
  /** A row, with `data-row` and its place. */
  draw: (at: number) => ReactNode;
  ref?: Ref<LongListHandle>;
}

export function LongList({ label, count, of, draw, ref }: LongListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [heights] = useState(() => new Heights(lastRow));
  const { span, show } = useSpan(list, { heights, count, of });
  const wanted = useRef<number | null>(null);
  useImperativeHandle(ref, () => ({
    focus(at) {
      if (focusRow(list.current, at)) return;
      const group = Math.floor(at / GROUP);
      wanted.current = at;
      show({ from: Math.max(0, group - 1), to: Math.min(groupsIn(count), group + 2) });
    },
  }));
  useLayoutEffect(() => {
    if (wanted.current !== null && focusRow(list.current, wanted.current)) wanted.current = null;
  });
  // A list without rows is none to a reader.
  if (count === 0) return null;
  const drawn = Array.from({ length: span.to - span.from }, (_, i) => span.from + i);
  const all = groupsIn(count);
  return (
    <div role="list" className="ui-list" aria-label={label} ref={list} tabIndex={-1}>
      <div role="none" style={{ blockSize: heights.before(span.from, count) }} />
      {drawn.map((group) => (
        <div role="none" key={group} data-group={group}>
          {rowsOf(group, count).map(draw)}
        </div>
      ))}
      <div role="none" style={{ blockSize: heights.before(all, count) - heights.before(span.to, count) }} />
    </div>
  );
}

function rowsOf(group: number, count: number): number[] {
  const from = group * GROUP;
  return Array.from({ length: Math.max(0, Math.min(GROUP, count - from)) }, (_, i) => from + i);
}

function focusRow(list: HTMLElement | null, at: number): boolean {
  const row = list?.querySelector(`[data-row="${at}"]`);
  row?.querySelector('a')?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
  return row instanceof HTMLElement;
}

function useSpan(
  list: RefObject<HTMLElement | null>,
  { heights, count, of }: { heights: Heights; count: number; of: unknown },
) {
  const [wished, setWished] = useState<Span>({ from: 0, to: 2 });
  const [, setMeasured] = useState(0);
  const span = clamped(wished, count);
  const look = () => {
    if (list.current === null) return;
    const { top } = list.current.getBoundingClientRect();
    const screen = window.innerHeight;
    const next = spanAt(heights, count, { top: -top - screen, bottom: -top + 2 * screen });
    if (next.from !== span.from || next.to !== span.to) setWished(next);
  };
  const latest = useRef(look);
  useLayoutEffect(() => {
    latest.current = look;
  });
  useLayoutEffect(() => {
    heights.forget();
    latest.current();
  }, [heights, of]);
  useLayoutEffect(() => {
    let isNews = false;
    for (const group of list.current?.querySelectorAll<HTMLElement>('[data-group]') ?? [])
      isNews = heights.note(Number(group.dataset['group']), group.childElementCount, group.offsetHeight) || isNews;
    lastRow = heights.row;
    if (isNews) setMeasured((times) => times + 1);
  }, [heights, list, span.from, span.to, count, of]);
  useEffect(() => {
    let frame = 0;
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => latest.current());
    };
    const anew = () => {
      heights.forget();
      later();
    };
    window.addEventListener('scroll', later, { passive: true });
    window.addEventListener('resize', anew);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', later);
      window.removeEventListener('resize', anew);
    };
  }, [heights]);
  return { span, show: setWished };
}

function clamped({ from, to }: Span, count: number): Span {
  const groups = groupsIn(count);
  const first = Math.max(0, Math.min(from, groups - 1));
  return { from: first, to: Math.max(Math.min(to, groups), Math.min(first + 1, groups)) };
}
