// What the staff decide on messages that go by themselves, or to many: screens fetched with the words that only they say.

import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { ComponentType } from 'react';
import { Skeleton } from '../../ui/skeleton.tsx';
import { MissingScreen } from '../missing-screen.tsx';
import { showAutomaticWords } from './words.ts';

const late = (load: () => Promise<{ default: ComponentType }>) =>
  lazy(async () => (await Promise.all([load(), showAutomaticWords()]))[0]);

const SCREENS: Readonly<Record<string, ComponentType>> = {
  away: late(() => import('./away-screen.tsx')),
  many: late(() => import('./many-screen.tsx')),
  welcome: late(() => import('./welcome-screen.tsx')),
};

/** `/messages/<what>`; which of them are open to whom each says itself. */
export default function LateScreen() {
  const { what = '' } = useParams({ strict: false });
  const Screen = Object.hasOwn(SCREENS, what) ? SCREENS[what] : undefined;
  if (Screen === undefined) return <MissingScreen />;
  return (
    <Suspense fallback={<Skeleton />}>
      <Screen />
    </Suspense>
  );
}
