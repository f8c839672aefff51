// What the staff decide on messages that go by themselves, or to many, and on who answers: screens fetched with the words that only they say.

import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { ComponentType } from 'react';
import { Skeleton } from '../../ui/skeleton.tsx';
import { MissingScreen } from '../missing-screen.tsx';
import OwnAwayScreen from './away-screen.tsx';
import PracticeCoverScreen from './cover-screen.tsx';
import OwnLaterScreen from './later-screen.tsx';
import ManyScreen from './many-screen.tsx';
import QueuesScreen from './queues-screen.tsx';
import PracticeRulesScreen from './rules-screen.tsx';
import PracticeWelcomeScreen from './welcome-screen.tsx';
import { showAutomaticWords } from './words.ts';

const SCREENS: Readonly<Record<string, ComponentType>> = {
  away: OwnAwayScreen,
  cover: PracticeCoverScreen,
  later: OwnLaterScreen,
  many: ManyScreen,
  queues: QueuesScreen,
  rules: PracticeRulesScreen,
  welcome: PracticeWelcomeScreen,
};

const Screen = lazy(async () => {
  await showAutomaticWords();
  return { default: Shown };
});

/** `/messages/<what>`; which of them are open to whom each says itself. */
function Shown() {
  const { what = '' } = useParams({ strict: false });
  const Found = Object.hasOwn(SCREENS, what) ? SCREENS[what] : undefined;
  return Found === undefined ? <MissingScreen /> : <Found />;
}

export default function LateScreen() {
  return (
    <Suspense fallback={<Skeleton />}>
      <Screen />
    </Suspense>
  );
}
