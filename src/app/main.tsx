// The app's start: theme and words first, then whoever is here.

import '../ui/styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import * as z from 'zod/mini';
import { must } from '../base/must.ts';
import { startLocale } from '../ui/locale.ts';
import { startTheme } from '../ui/theme.ts';
import { watchInstall } from './watch-install.ts';
import { showAppIn } from './language.ts';
import { fetchAhead, Root } from './root.tsx';
import { startSession } from './session.ts';
import { registerWorker } from './updates.ts';

// The content security policy forbids compiling code from text.
z.config({ jitless: true });
startTheme();
watchInstall();
await Promise.all([showAppIn(startLocale()), startSession()]);
createRoot(must(document.getElementById('root'), 'the root element')).render(
  <StrictMode>
    <Root />
  </StrictMode>,
);
await fetchAhead();
await registerWorker();
