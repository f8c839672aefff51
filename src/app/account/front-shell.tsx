// The frame of the screens before anyone is in: name, crisis help, language, one column.

import type { ReactNode } from 'react';
import { AppHeader } from '../../ui/app-header.tsx';
import { LanguageField } from '../../ui/language-field.tsx';
import { Page } from '../../ui/page.tsx';
import { Shell } from '../../ui/shell.tsx';
import { useLocale, useWords } from '../../ui/words.ts';
import { Crisis } from '../crisis.tsx';
import { chooseLanguage } from '../language.ts';
import type { AppWord } from '../words/catalogue.ts';

export function FrontShell({
  title,
  crisis,
  status,
  children,
}: {
  title: string;
  crisis?: Parameters<typeof Crisis>[0]['own'];
  status?: ReactNode;
  children: ReactNode;
}) {
  const words = useWords<AppWord>();
  const { locale } = useLocale();
  const header = (
    <AppHeader home={{ href: '/', label: words('app.name') }} status={status} crisis={<Crisis own={crisis} />} />
  );
  return (
    <Shell portal="client" header={header}>
      <Page title={title}>
        {children}
        <LanguageField value={locale} onChange={chooseLanguage} />
      </Page>
    </Shell>
  );
}
