/** One screen: its name in the window and in its one `h1`, its main landmark, the way back. No person's name belongs
 *  in a title: the browser keeps titles in its history. */
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import './page.css';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

const MAIN_ID = 'main';

export interface PageProps {
  title: string;
  /** For the window where `title` is about a person; never health data. */
  windowTitle?: string | undefined;
  back?: { href: string; label?: string | undefined } | undefined;
  /** The screen's one main action, beside the title; on a phone it comes under it. */
  actions?: ReactNode;
  /** `reading` keeps lines short; `wide` is for tables and two columns. */
  width?: 'reading' | 'wide' | undefined;
  children: ReactNode;
}

export function Page({ title, windowTitle, back, actions, width = 'reading', children }: PageProps) {
  useEffect(() => {
    document.title = `${windowTitle ?? title} · Interlude`;
  }, [title, windowTitle]);
  return (
    <main className={`ui-page ui-page-${width}`} id={MAIN_ID} tabIndex={-1}>
      {back && <BackLink {...back} />}
      <div className="ui-page-head">
        <h1>{title}</h1>
        {actions && <div className="ui-actions">{actions}</div>}
      </div>
      {children}
    </main>
  );
}

function BackLink({ href, label }: { href: string; label?: string | undefined }) {
  const words = useWords<UiWord>();
  return (
    <Link href={href} className="ui-page-back">
      <Icon name="back" />
      <span>{label ?? words('ui.back')}</span>
    </Link>
  );
}

/** The first stop of the Tab key. */
export function SkipLink() {
  const words = useWords<UiWord>();
  return (
    <a
      className="ui-skip"
      href={`#${MAIN_ID}`}
      onClick={(event) => {
        event.preventDefault();
        focusMain();
      }}
    >
      {words('ui.skip')}
    </a>
  );
}

/** For the router, after a change of screen: readers start at the new screen, not in the old link's place. */
export function focusMain(): void {
  document.getElementById(MAIN_ID)?.focus({ preventScroll: true });
}
