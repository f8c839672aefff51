import type { en } from './en.ts';

export const ar = {
  'journal.photo.add': 'إضافة صورة',
  'journal.photo.photos': 'الصور',
  'journal.photo.of': 'الصورة {number} من {count}',
  'journal.photo.remove': 'إزالة الصورة {number}',
  'journal.photo.open': 'فتح الصورة {number}',
  'journal.photo.working': 'يجري تحضير الصورة…',
  'journal.photo.notSent': 'لم تُرسل الصورة بعد',
  'journal.photo.refused': 'لم تتمكن العيادة من استلام هذه الصورة',
  'journal.photo.coming': 'الصورة في الطريق',
  'journal.photo.away': 'الصورة ليست على هذا الجهاز',
  'journal.photo.gone.own': 'لقد تخلّيت عن هذه الصورة. لم تُرسل.',
  'journal.photo.gone.theirs': 'جرى التخلي عن هذه الصورة قبل إرسالها. لن تصل.',
  'journal.photo.show': 'عرض الصورة ({mb} م.ب)',
  'journal.photo.wrong': 'لا يمكن عرض هذه الصورة',
  'journal.photo.fault.notPicture': 'هذا الملف ليس صورة يستطيع هذا الجهاز قراءتها. اختر صورة.',
  'journal.photo.fault.tooLarge': 'هذا الملف كبير جدًا. اختر صورة أصغر.',
  'journal.photo.fault.tooMany': 'يمكن أن يحتوي السجل على {most} صور.',
  'journal.photo.fault.full': 'هذا الجهاز ممتلئ. لم تُضف الصورة. ما كتبته محفوظ.',
  'journal.photo.fault.failed': 'تعذرت إضافة الصورة. حاول مرة أخرى.',
  'journal.photo.hint': 'يُزال من الصورة مكان التقاطها.',
} satisfies Record<keyof typeof en, string>;
