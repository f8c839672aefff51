import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import { MendContact } from '../../features/contact/parts/mend-contact.tsx';
import type { MendProps } from '../mend-screen.tsx';

export default function MendChartContact(props: MendProps) {
  return <MendContact {...props} header={<ClientHeader client={String(props.args['client'])} look="line" />} />;
}
