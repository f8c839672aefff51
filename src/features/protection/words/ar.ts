import type { en } from './en.ts';

export const ar: Record<keyof typeof en, string> = {
  'protection.title': 'العرض الوقائي',
  'protection.does':
    'ما دام مفعّلًا، لا تصل الطاقة والكميات والوزن إلى أجهزة هذا المراجع، ويظهر لك تنبيه عند الكتابة عنها في تعليق. فريق الرعاية يقرأ كل شيء كما كان.',
  'protection.on': 'مفعّل',
  'protection.off': 'غير مفعّل',
  'protection.turnOn': 'تفعيل',
  'protection.turnOff': 'إيقاف',
  'protection.turnOn.title': 'تفعيل العرض الوقائي؟',
  'protection.turnOff.title': 'إيقاف العرض الوقائي؟',
  'protection.turnOff.text': 'ستصل الطاقة والكميات والوزن إلى أجهزة هذا المراجع من جديد، ومنها ما مضى.',
  'protection.reason': 'السبب',
  'protection.reason.hint': 'لا يقرأه إلا فريق الرعاية، ويبقى محفوظًا.',
  'protection.reason.empty': 'يلزم ذكر السبب.',
  'protection.reason.long':
    'النص أطول من المسموح: {count, plural, zero {لا حروف زائدة} one {حرف زائد واحد} two {حرفان زائدان} few {# حروف زائدة} many {# حرفًا زائدًا} other {# حرف زائد}}.',
  'protection.setBy': 'التفعيل من {name}، {time}',
  'protection.setByYou': 'التفعيل منك، {time}',
  'protection.liftedBy': 'الإيقاف من {name}، {time}',
  'protection.liftedByYou': 'الإيقاف منك، {time}',
  'protection.history': 'قبل ذلك ({count, number})',
  'protection.someone': 'شخص في العيادة',
  'protection.saved.on': 'تم الحفظ. يسري على أجهزة المراجع عند اتصالها القادم.',
  'protection.saved.off': 'تم الحفظ. العرض الوقائي غير مفعّل.',
  'protection.cancel': 'إلغاء',
  'protection.office': 'العرض الوقائي: يقرره فريق الرعاية.',
  'protection.failed': 'لم يتمكن هذا الجهاز من الحفظ. كلماتك ما زالت هنا.',
  'protection.refused': 'تعذر الحفظ. كلماتك ما زالت هنا.',
  'protection.refused.changed': 'فعّله شخص آخر بعد أن ظهر لك. يلزم النظر إليه مرة أخرى.',
  'protection.typed':
    'العرض الوقائي مفعّل لهذا المراجع، ويبدو أن هذا يتحدث عن الوزن أو مؤشر كتلة الجسم أو السعرات. سيقرأه المراجع كما هو مكتوب.',
};
