// Finds the browser that the tests drive, or installs one, and names its program on the last line.

import { provideChromium } from './browser.ts';

process.stdout.write(`${provideChromium()}\n`);
