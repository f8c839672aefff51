import type { ReactNode } from 'react';
import './badge.css';

export type BadgeKind = 'neutral' | 'accent' | 'attention' | 'danger';

/** A word or two about a thing. The word says it; the colour only helps. */
export function Badge({ kind = 'neutral', children }: { kind?: BadgeKind | undefined; children: ReactNode }) {
  return <span className={`ui-badge ui-badge-${kind}`}>{children}</span>;
}
