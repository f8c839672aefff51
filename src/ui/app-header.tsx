import type { ReactNode } from 'react';
import './app-header.css';
import { Link } from './link.tsx';

export interface AppHeaderProps {
  /** Where the name leads. */
  home: { href: string; label: string };
  /** The sync line. */
  status?: ReactNode;
  /** Few: what is needed on every screen (lock, language). */
  actions?: ReactNode;
  /** Always the last thing, always in the same corner. */
  crisis: ReactNode;
}

export function AppHeader({ home, status, actions, crisis }: AppHeaderProps) {
  return (
    <header className="ui-header">
      <Link href={home.href} className="ui-header-home">
        <Mark />
        <bdi>{home.label}</bdi>
      </Link>
      {status && <div className="ui-header-status">{status}</div>}
      {actions && <div className="ui-header-actions">{actions}</div>}
      <div className="ui-header-crisis">{crisis}</div>
    </header>
  );
}

/** Two visits, and the time between. */
function Mark() {
  return (
    <svg className="ui-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M11 6a13 13 0 0 0 0 20M21 6a13 13 0 0 1 0 20" />
      <circle cx="16" cy="16" r="2.6" />
    </svg>
  );
}
