import type { Policy } from '../../sync/core/policy.ts';
import { talksIn } from '../spaces.ts';

/**
 * Files lie where what names them lies: in a chart with entries, comments and messages, elsewhere with messages. Whoever writes there
 * puts them there, and whoever reads there reads them. What opens one is in what names it.
 */
export const filePolicy: Policy = { read: talksIn, create: talksIn };
