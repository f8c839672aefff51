import './bottom-bar.css';
import { NavLink } from './nav-link.tsx';
import type { NavItem } from './navigation.ts';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

/** The client's way around: up to five places, under the thumb. */
export function BottomBar({ items }: { items: readonly NavItem[] }) {
  const words = useWords<UiWord>();
  return (
    <nav className="ui-bottom" aria-label={words('ui.nav.main')}>
      <ul className="ui-bottom-items" role="list">
        {items.map((item) => (
          <li key={item.href}>
            <NavLink {...item} />
          </li>
        ))}
      </ul>
    </nav>
  );
}
