// What only the staff read, of every noun.

import { chartSummaryCatalogue } from '../../features/chart-summary/words/catalogue.ts';
import { clientCatalogue } from '../../features/client/words/catalogue.ts';
import { contactCatalogue } from '../../features/contact/words/catalogue.ts';
import { coverCatalogue } from '../../features/cover/words/catalogue.ts';
import { dutyCatalogue } from '../../features/chat/words/duty/catalogue.ts';
import { officeHoursCatalogue } from '../../features/office-hours/words/catalogue.ts';
import { invitationCatalogue } from '../../features/invitation/words/catalogue.ts';
import { protectionCatalogue } from '../../features/protection/words/catalogue.ts';
import { reviewCatalogue } from '../../features/journal/words/review/catalogue.ts';
import { savedViewCatalogue } from '../../features/saved-view/words/catalogue.ts';
import { scheduledCatalogue } from '../../features/scheduled-message/words/catalogue.ts';
import { taskCatalogue } from '../../features/task/words/catalogue.ts';

export const STAFFS = [
  chartSummaryCatalogue,
  clientCatalogue,
  contactCatalogue,
  coverCatalogue,
  dutyCatalogue,
  invitationCatalogue,
  officeHoursCatalogue,
  protectionCatalogue,
  reviewCatalogue,
  savedViewCatalogue,
  scheduledCatalogue,
  taskCatalogue,
];
