// Before all journeys: the app is built.

import { builtApp } from '../server/testing/built-app.ts';

export default builtApp;
