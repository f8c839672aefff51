import { automationCatalogue } from '../../features/automation/words/catalogue.ts';
import { awayCatalogue } from '../../features/away/words/catalogue.ts';
import { broadcastCatalogue } from '../../features/broadcast/words/catalogue.ts';
import { coverCatalogue } from '../../features/cover/words/catalogue.ts';
import { queueAgeCatalogue } from '../../features/queue-age/words/catalogue.ts';
import { welcomeCatalogue } from '../../features/welcome/words/catalogue.ts';
import { showAlso } from '../../ui/words.ts';
import { showStaffWords } from '../language.ts';

/** What only these screens say, and what the staff's do. */
export async function showAutomaticWords(): Promise<void> {
  await Promise.all([
    showAlso([
      automationCatalogue,
      awayCatalogue,
      broadcastCatalogue,
      coverCatalogue,
      queueAgeCatalogue,
      welcomeCatalogue,
    ]),
    showStaffWords(),
  ]);
}
