import { ClientHeader } from '../features/client/parts/client-header.tsx';
import { MendComment } from '../features/journal/parts/mend-entry.tsx';
import { WeightWordsNotice } from '../features/protection/parts/weight-words-notice.tsx';
import { useWorkspace } from '../sync/client/react.ts';
import type { MendProps } from './mend-screen.tsx';
import { portalOf } from './portal-kind.ts';

/** A comment is written by clients and by staff; staff see to whose record. */
export default function MendAnyComment(props: MendProps) {
  if (portalOf(useWorkspace()) === 'client') return <MendComment {...props} header={null} />;
  return (
    <MendComment
      {...props}
      header={<ClientHeader client={String(props.args['client'])} look="line" />}
      advice={(client, body) => <WeightWordsNotice client={client} text={body} />}
    />
  );
}
