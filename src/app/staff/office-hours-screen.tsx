import { HoursScreen } from '../../features/office-hours/screens/hours-screen.tsx';

export default function OfficeHoursScreen() {
  return <HoursScreen />;
}
