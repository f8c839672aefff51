import type { en } from './en.ts';

export const ar: Record<keyof typeof en, string> = {
  'client.title': 'المراجعون',
  'client.list': 'قائمة المراجعين',
  'client.search': 'البحث بالاسم',
  'client.filter.whose': 'عرض',
  'client.filter.mine': 'مراجعيّ',
  'client.filter.all': 'الكل',
  'client.filter.status': 'الحالة',
  'client.filter.anyStatus': 'أي حالة',
  'client.found':
    '{count, plural, zero {لا مراجعين} one {مراجع واحد} two {مراجعان} few {# مراجعين} many {# مراجعًا} other {# مراجع}}',
  'client.more': 'عرض المزيد',
  'client.empty.title': 'لا يوجد مراجعون بعد',
  'client.empty.text': 'سيظهر هنا المراجعون الذين تشارك في فريق رعايتهم.',
  'client.none.title': 'لا يوجد مراجع مطابق',
  'client.none.text': 'يمكن تجربة اسم آخر أو حالة أخرى.',
  'client.born':
    'تاريخ الميلاد {date} ({age, plural, =0 {أقل من سنة} zero {أقل من سنة} one {سنة واحدة} two {سنتان} few {# سنوات} many {# سنة} other {# سنة}})',
  'client.known': 'الاسم المفضّل: {name}',
  'client.primary': 'المسؤولية الأولى لك',
  'client.status.prospect': 'مراجع محتمل',
  'client.status.invited': 'أُرسلت الدعوة',
  'client.status.active': 'نشط',
  'client.status.archived': 'مؤرشف',
  'client.gone': 'اسم هذا المراجع ليس على هذا الجهاز. لا ينبغي الكتابة في هذا الملف قبل معرفة صاحبه.',
};
