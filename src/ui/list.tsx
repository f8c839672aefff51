import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import './list.css';

/** Rows, not cards. `label` names the list where no heading does. */
export function List({ label, children }: { label?: string | undefined; children: ReactNode }) {
  return (
    // Safari forgets that a list without bullets is one
    <ul className="ui-list" role="list" aria-label={label}>
      {children}
    </ul>
  );
}

export interface ListRowProps {
  title: ReactNode;
  /** Makes the title a link whose target is the whole row. */
  href?: string | undefined;
  /** Small, at the end of the first line: a time, a badge. */
  meta?: ReactNode;
  /** Under the title. */
  children?: ReactNode;
  /** Under that: the ladder, buttons. Stays pressable inside a linked row. */
  foot?: ReactNode;
}

export function ListRow({ title, href, meta, children, foot }: ListRowProps) {
  return (
    <li className={href ? 'ui-row ui-row-linked' : 'ui-row'}>
      <div className="ui-row-main">
        <div className="ui-row-first">
          <span className="ui-row-title">
            {href ? (
              <Link href={href} className="ui-row-link">
                {title}
              </Link>
            ) : (
              title
            )}
          </span>
          {meta && <span className="ui-row-meta">{meta}</span>}
        </div>
        {children && <div className="ui-row-body">{children}</div>}
        {foot && <div className="ui-row-foot">{foot}</div>}
      </div>
      {href && <Icon name="forward" />}
    </li>
  );
}
