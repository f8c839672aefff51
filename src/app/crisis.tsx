// Crisis help, the same in every header: the practice's own words where this device knows them, else the product's.

import { CrisisHelp } from '../ui/crisis-help.tsx';
import type { CrisisCall, CrisisHelpProps } from '../ui/crisis-help.tsx';
import { useLocale, useWords } from '../ui/words.ts';
import type { AppWord } from './words/catalogue.ts';

interface CrisisWords {
  readonly text: string;
  readonly links: readonly { readonly label: string; readonly phone: string }[];
}

/** `own` is what the practice says, by language; with a `plan` only where the client is in: nothing of hers stands on a locked device. */
export function Crisis({ own, plan }: { own?: Readonly<Record<string, CrisisWords>> | undefined; plan?: boolean }) {
  const words = useWords<AppWord>();
  const more = plan ? { label: words('app.plan'), href: '/plan' } : undefined;
  return <CrisisHelp {...useCrisisWords(own)} more={more} />;
}

/** The words in the language shown, and whom to call. */
export function useCrisisWords(own: Readonly<Record<string, CrisisWords>> | undefined): CrisisHelpProps {
  const words = useWords<AppWord>();
  const { locale } = useLocale();
  const said = own?.[locale] ?? own?.['en'];
  const standard: CrisisCall[] = [
    { label: words('app.crisis.lifeline'), href: 'tel:988' },
    { label: words('app.crisis.emergency'), href: 'tel:911' },
    { label: words('app.crisis.europe'), href: 'tel:112' },
  ];
  if (said === undefined) return { text: words('app.crisis.text'), calls: standard };
  return { text: said.text, calls: said.links.map(({ label, phone }) => ({ label, href: `tel:${phone}` as const })) };
}
