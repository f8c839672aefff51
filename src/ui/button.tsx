import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import './button.css';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import { Link } from './link.tsx';

export type ButtonVariant = 'primary' | 'quiet' | 'danger';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  /** `quiet` unless said; one `primary` a screen. */
  variant?: ButtonVariant | undefined;
  icon?: IconName | undefined;
  /** Under way: keeps its place, name and focus, and takes no second press. */
  busy?: boolean | undefined;
  /** As wide as what it stands in. */
  wide?: boolean | undefined;
}

export function Button({
  variant,
  icon,
  busy = false,
  wide,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  function press(event: MouseEvent<HTMLButtonElement>) {
    // aria-disabled rather than disabled: a disabled button drops the focus of the one who pressed it
    if (busy) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <button
      {...rest}
      type={type}
      className={buttonClass(variant, wide)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={press}
    >
      {busy ? <span className="ui-button-turning" aria-hidden="true" /> : icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

export interface ButtonLinkProps {
  href: string;
  children: ReactNode;
  variant?: ButtonVariant | undefined;
  icon?: IconName | undefined;
  wide?: boolean | undefined;
  /** Beside going there. */
  onClick?: (() => void) | undefined;
}

/** Goes somewhere, and looks like a button. */
export function ButtonLink({ href, children, variant, icon, wide, onClick }: ButtonLinkProps) {
  return (
    <Link href={href} className={buttonClass(variant, wide)} onClick={onClick}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </Link>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children'> {
  label: string;
  icon: IconName;
}

export function IconButton({ label, icon, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button {...rest} type={type} className="ui-icon-button" aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  );
}

const buttonClass = (variant: ButtonVariant = 'quiet', wide = false): string =>
  `ui-button ui-button-${variant}${wide ? ' ui-button-wide' : ''}`;
