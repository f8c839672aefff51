import type { ReactNode } from 'react';
import './empty-state.css';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export interface EmptyStateProps {
  icon?: IconName | undefined;
  title: string;
  /** What will be here. */
  children?: ReactNode;
  /** The first thing to do. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="ui-empty">
      {icon && (
        <span className="ui-empty-icon">
          <Icon name={icon} />
        </span>
      )}
      <p className="ui-empty-title">{title}</p>
      {children && <div className="ui-muted">{children}</div>}
      {action && <div className="ui-empty-action">{action}</div>}
    </div>
  );
}
