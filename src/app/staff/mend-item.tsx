import { MendItem } from '../../features/chart-summary/parts/mend-item.tsx';
import { ClientHeader } from '../../features/client/parts/client-header.tsx';
import type { MendProps } from '../mend-screen.tsx';

export default function MendChartItem({ onSaved: _, ...props }: MendProps) {
  return <MendItem {...props} header={<ClientHeader client={String(props.args['client'])} look="line" />} />;
}
