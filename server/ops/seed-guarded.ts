// Seeds the demo, but never beside a real practice: everyone knows the password of the demo's accounts.

import { StartError } from '../start-error.ts';
import { DEMO_PRACTICES } from './demo-people.ts';
import { seedDemo } from './seed.ts';
import type { DemoAccounts, SeedGround } from './seed.ts';

/** Makes what is missing of the demo. Throws StartError where the database holds any other practice. */
export async function seedGuarded(ground: SeedGround): Promise<DemoAccounts> {
  const practices = await ground.database.db.selectFrom('practice').select('slug').execute();
  const ours = new Set<string>(DEMO_PRACTICES.map(({ slug }) => slug));
  if (practices.every(({ slug }) => ours.has(slug))) return seedDemo(ground);
  throw new StartError(
    'This database holds a practice that is not of the demo, and the password of the demo accounts is known to everyone. ' +
      'Choose another DATA_DIR, or npm start.',
  );
}
