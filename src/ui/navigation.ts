import type { IconName } from './icon.tsx';

export interface NavItem {
  href: string;
  label: string;
  icon: IconName;
  current: boolean;
  /** New things waiting there; said in words, shown as a number while there are any. */
  count?: number | undefined;
}
