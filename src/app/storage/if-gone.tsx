import { Suspense } from 'react';
import { rare } from '../rare/rare.ts';
import { useStoreGone } from '../../sync/client/react.ts';

const StoreGoneNotice = rare(() => import('./store-gone-notice.tsx'));

/** Says that the store has gone from under the page, as soon as that is noticed. */
export function IfGone({ membershipId }: { membershipId: string }) {
  const gone = useStoreGone(membershipId);
  return <Suspense>{gone && <StoreGoneNotice />}</Suspense>;
}
