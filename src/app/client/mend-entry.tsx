import { MendEntry } from '../../features/journal/parts/mend-entry.tsx';
import type { MendProps } from '../mend-screen.tsx';

export default function MendOwnEntry(props: MendProps) {
  return <MendEntry {...props} />;
}
