// `npm run build`.

import { buildClient } from './client-build.ts';
import { runCommand } from './command.ts';

await runCommand(() => buildClient());
