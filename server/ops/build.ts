// `npm run build`.

import { StartError } from '../start-error.ts';
import { buildClient } from './client-build.ts';

try {
  await buildClient();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
