import { useId, useState } from 'react';
import { Icon } from './icon.tsx';
import { NavLink } from './nav-link.tsx';
import type { NavItem } from './navigation.ts';
import './side-bar.css';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

export interface SideBarProps {
  items: readonly NavItem[];
}

/** As many as fit beside *More* on a phone. */
const IN_SIGHT = 4;

/** Staff's way around: down the side; on a phone a bar below, the first places in sight and the rest under *More*. */
export function SideBar({ items }: SideBarProps) {
  const words = useWords<UiWord>();
  const [open, setOpen] = useState(false);
  const listId = useId();
  const folds = items.length > IN_SIGHT + 1;
  return (
    <nav className="ui-side" aria-label={words('ui.nav.main')}>
      <ul className="ui-side-items" role="list" id={listId} onClick={() => setOpen(false)}>
        {items.map((item, index) => (
          <li key={item.href} className={folds && !open && index >= IN_SIGHT ? 'ui-side-folded' : undefined}>
            <NavLink {...item} />
          </li>
        ))}
      </ul>
      {folds && (
        <button
          type="button"
          className="ui-nav-link ui-side-more"
          aria-expanded={open}
          aria-controls={listId}
          onClick={() => setOpen(!open)}
        >
          <span className="ui-nav-icon">
            <Icon name={open ? 'close' : 'more'} />
          </span>
          <span>{words('ui.nav.more')}</span>
        </button>
      )}
    </nav>
  );
}
