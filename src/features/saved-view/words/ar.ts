import type { en } from './en.ts';

export const ar: Record<keyof typeof en, string> = {
  'savedView.list': 'العروض المحفوظة لي',
  'savedView.save': 'حفظ هذا العرض',
  'savedView.saveText': 'تُحفظ عوامل التصفية والترتيب على جميع أجهزتك. ولا يُحفظ ما كُتب: فهو اسم شخص.',
  'savedView.name': 'الاسم',
  'savedView.nameHint': 'ليس اسم مراجع.',
  'savedView.missing': 'يلزم اسم.',
  'savedView.many': 'لا مكان لعرض آخر. يلزم حذف واحد أولًا.',
  'savedView.saved': 'حُفظ العرض.',
  'savedView.change': 'ترتيب العروض المحفوظة',
  'savedView.up': 'نقل {name} إلى أعلى',
  'savedView.down': 'نقل {name} إلى أسفل',
  'savedView.remove': 'حذف {name}',
  'savedView.removed': 'حُذف {name}.',
  'savedView.moved': 'نُقل {name}.',
  'savedView.failed': 'لم يُحفظ هذا. يمكن المحاولة من جديد.',
  'savedView.cancel': 'إلغاء',
  'savedView.do': 'حفظ',
};
