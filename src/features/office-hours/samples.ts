// Made-up office hours, for tests and the seed.

import type { Hours } from './schema-hours.ts';

export function hoursSample(change: Partial<Hours> = {}): Hours {
  return {
    zone: 'America/New_York',
    windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:00' })),
    holidays: ['2026-12-25', '2027-01-01'],
    replyHours: 8,
    guidelines: {
      en: 'We read messages on working days. In an emergency call 911, or 988 at any hour.',
      es: 'Leemos los mensajes en días laborables. En una emergencia llame al 911, o al 988 a cualquier hora.',
      ar: 'نقرأ الرسائل في أيام العمل. في حالات الطوارئ يُرجى الاتصال بالرقم 911، أو بالرقم 988 في أي ساعة.',
    },
    ...change,
  };
}
