import type { ReactNode } from 'react';
import { SkipLink } from './page.tsx';
import './shell.css';
import { Toasts } from './toast.tsx';

export type Portal = 'client' | 'staff';

export interface ShellProps {
  /** Sets sizes: a client's text and targets are larger. */
  portal: Portal;
  header: ReactNode;
  /** `BottomBar` for clients, `SideBar` for staff; none signed out or locked. */
  navigation?: ReactNode;
  /** A `Page`. */
  children: ReactNode;
}

/** Header above, the screen, the way around; messages with *Undo* come up over the lower edge. */
export function Shell({ portal, header, navigation, children }: ShellProps) {
  return (
    <div className="ui-shell" data-portal={portal}>
      <SkipLink />
      <div className="ui-shell-head">{header}</div>
      {portal === 'staff' && navigation && <div className="ui-shell-side">{navigation}</div>}
      <div className="ui-shell-screen">{children}</div>
      <div className="ui-shell-foot">
        <Toasts />
        {portal === 'client' && navigation}
      </div>
    </div>
  );
}
