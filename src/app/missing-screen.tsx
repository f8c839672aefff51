import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { useWords } from '../ui/words.ts';
import type { AppWord } from './words/catalogue.ts';

/** The one answer for "no such address" and "not yours". */
export function MissingScreen() {
  const words = useWords<AppWord>();
  return (
    <Page title={words('app.missing.title')}>
      <EmptyState
        title={words('app.missing.text')}
        action={<ButtonLink href="/">{words('app.missing.home')}</ButtonLink>}
      />
    </Page>
  );
}
