/**
 * Where the router meets the design system: the app gives its own link component once, and every bar, row and button
 * here uses it. Without a provider it is a plain `<a>`.
 */
import { createContext, use } from 'react';
import type { ComponentType, ReactNode } from 'react';

export interface LinkProps {
  href: string;
  children: ReactNode;
  className?: string | undefined;
  'aria-current'?: 'page' | undefined;
  /** Beside going there. */
  onClick?: (() => void) | undefined;
}

export type LinkComponent = ComponentType<LinkProps>;

const PlainLink: LinkComponent = (props) => <a {...props} />;
const LinkContext = createContext<LinkComponent>(PlainLink);

export function LinkProvider({ component, children }: { component: LinkComponent; children: ReactNode }) {
  return <LinkContext value={component}>{children}</LinkContext>;
}

export function Link(props: LinkProps) {
  const Component = use(LinkContext);
  return <Component {...props} />;
}
