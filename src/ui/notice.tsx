import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import './notice.css';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

export type NoticeKind = 'info' | 'attention' | 'danger';

export interface NoticeProps {
  kind?: NoticeKind | undefined;
  title?: string | undefined;
  children: ReactNode;
  /** A button or a link: what one can do about it. */
  action?: ReactNode;
  /** Read out at once when it appears: for what came of something the person just did. */
  announce?: boolean | undefined;
}

const ICONS = { info: 'info', attention: 'warning', danger: 'warning' } as const;

export function Notice({ kind = 'info', title, children, action, announce }: NoticeProps) {
  const words = useWords<UiWord>();
  return (
    <div className={`ui-notice ui-notice-${kind}`} role={announce ? 'alert' : undefined}>
      <Icon name={ICONS[kind]} />
      <div className="ui-notice-text">
        <span className="ui-hidden">{words(`ui.notice.${kind}`)}: </span>
        {title && <p className="ui-notice-title">{title}</p>}
        <div>{children}</div>
        {action && <div className="ui-actions">{action}</div>}
      </div>
    </div>
  );
}
