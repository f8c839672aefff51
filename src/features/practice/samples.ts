// A made-up practice for tests and the seed, with crisis help in every language of the product.

import type { Practice } from './schema.ts';

export function practiceSample(change: Partial<Practice> = {}): Practice {
  return {
    name: 'Harbor Care',
    timezone: 'America/New_York',
    currency: 'USD',
    crisis: { en: CRISIS_EN, es: CRISIS_ES, ar: CRISIS_AR },
    ...change,
  };
}

const CRISIS_EN = {
  text: 'If you or someone with you is in danger, call 911. If you think of hurting yourself, call or text 988 at any hour. Nobody at Harbor Care watches this app at night or on weekends.',
  links: [
    { label: 'Call 988 (crisis line, any hour)', phone: '988' },
    { label: 'Call 911 (emergency)', phone: '911' },
  ],
};

const CRISIS_ES = {
  text: 'Si usted o alguien con usted está en peligro, llame al 911. Si piensa en hacerse daño, llame o escriba al 988 a cualquier hora. En Harbor Care nadie vigila esta aplicación por la noche ni los fines de semana.',
  links: [
    { label: 'Llamar al 988 (línea de crisis, a toda hora)', phone: '988' },
    { label: 'Llamar al 911 (emergencias)', phone: '911' },
  ],
};

const CRISIS_AR = {
  text: 'إذا كنت في خطر، أو كان شخص معك في خطر، فيجب الاتصال بالرقم 911. وعند التفكير في إيذاء النفس، يمكن الاتصال بالرقم 988 أو إرسال رسالة نصية إليه في أي ساعة. لا أحد في Harbor Care يراقب هذا التطبيق ليلًا أو في عطلة نهاية الأسبوع.',
  links: [
    { label: 'الاتصال بالرقم 988 (خط الأزمات، في أي ساعة)', phone: '988' },
    { label: 'الاتصال بالرقم 911 (الطوارئ)', phone: '911' },
  ],
};
