import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import './nav-link.css';
import type { NavItem } from './navigation.ts';
import { useFormat } from './use-format.ts';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

export function NavLink({ href, label, icon, current, count = 0 }: NavItem) {
  const words = useWords<UiWord>();
  const format = useFormat();
  return (
    <Link href={href} className="ui-nav-link" aria-current={current ? 'page' : undefined}>
      <span className="ui-nav-icon">
        <Icon name={icon} />
      </span>
      <span>{label}</span>
      {count > 0 && (
        <>
          <span className="ui-nav-count" aria-hidden="true">
            {format.number(count)}
          </span>
          <span className="ui-hidden">{words('ui.nav.new', { count })}</span>
        </>
      )}
    </Link>
  );
}
