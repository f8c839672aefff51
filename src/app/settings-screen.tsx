// What belongs to this person on this device: language, light or dark, unlocking, storage, lock, sign-out.

import { lazy, Suspense, useState } from 'react';
import type { ComponentType } from 'react';
import { useWorkspace } from '../sync/client/react.ts';
import { Button } from '../ui/button.tsx';
import { LanguageField } from '../ui/language-field.tsx';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ThemeField } from '../ui/theme-field.tsx';
import { UserName } from '../ui/user-text.tsx';
import { useLocale, useWords } from '../ui/words.ts';
import { SignOutDialog } from './account/sign-out-dialog.tsx';
import InstallPrompt from './install.tsx';
import { chooseLanguage, showChatWords } from './language.ts';
import { portalOf } from './portal-kind.ts';
import { NoticesSection } from './notices/late-section.ts';
import { lock } from './session.ts';
import { StorageSection } from './storage-section.tsx';
import { UnlockSection } from './unlock-section.tsx';
import { useUpdates } from './updates.ts';
import type { RareWord } from './rare/words/catalogue.ts';
import type { AppWord } from './words/catalogue.ts';

const OwnExport = lazy(() => import('./export/own-export.tsx'));
const PrivateSection = lazy(() => import('./private/private-section.tsx'));
const DataSection = lazy(() => import('./storage/data-section.tsx'));
const AutomaticSection = lazy<ComponentType>(async () => {
  const words = import('./automatic/words.ts').then(({ showAutomaticWords }) => showAutomaticWords());
  const fetched = await Promise.all([import('./automatic/automatic-section.tsx'), words]).catch(() => null);
  // What cannot be fetched must not take the other settings from the screen.
  return fetched?.[0] ?? { default: () => null };
});
const TypingSetting = lazy(async () => {
  const fetched = import('../features/chat/parts/typing-setting.tsx');
  await showChatWords();
  return fetched;
});
const ReceiptsSection = lazy(() => import('./client/receipts-section.tsx'));

export default function SettingsScreen() {
  const words = useWords<AppWord | RareWord>();
  const workspace = useWorkspace();
  const { locale } = useLocale();
  const { ready } = useUpdates();
  const [leaving, setLeaving] = useState(false);
  return (
    <Page title={words(portalOf(workspace) === 'staff' ? 'app.settings' : 'app.more')}>
      <p>
        <UserName>{workspace.membership.name}</UserName>
      </p>
      <InstallPrompt />
      <LanguageField value={locale} onChange={chooseLanguage} />
      <ThemeField />
      {workspace.membership.roles.includes('client') && (
        <Suspense fallback={<Skeleton rows={1} />}>
          <ReceiptsSection />
          <PrivateSection />
        </Suspense>
      )}
      {portalOf(workspace) === 'staff' && (
        <Suspense fallback={<Skeleton rows={1} />}>
          <AutomaticSection />
        </Suspense>
      )}
      <Suspense fallback={<Skeleton rows={2} />}>
        <NoticesSection />
      </Suspense>
      <Suspense>
        <TypingSetting />
      </Suspense>
      <UnlockSection />
      <StorageSection />
      <Suspense>
        <DataSection />
      </Suspense>
      {workspace.membership.roles.includes('client') && (
        <Suspense>
          <OwnExport />
        </Suspense>
      )}
      {ready && <p className="ui-muted">{words('app.ready')}</p>}
      <div className="ui-actions">
        <Button onClick={lock}>{words('app.lock')}</Button>
        <Button variant="danger" onClick={() => setLeaving(true)}>
          {words('app.signOut.title')}
        </Button>
      </div>
      <SignOutDialog open={leaving} onClose={() => setLeaving(false)} />
    </Page>
  );
}
