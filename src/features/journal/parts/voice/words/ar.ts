import type { en } from './en.ts';

export const ar = {
  'journal.voice.record': 'تسجيل ملاحظة صوتية',
  'journal.voice.recording': 'جارٍ التسجيل',
  'journal.voice.stop': 'إيقاف',
  'journal.voice.stopFirst': 'أوقف التسجيل ثم احفظ. إذا أُغلق التطبيق يبقى كل شيء عدا الثواني الأخيرة.',
  'journal.voice.notes': 'ملاحظات صوتية',
  'journal.voice.name': 'ملاحظة صوتية، {time}',
  'journal.voice.nameOf': 'ملاحظة صوتية {number}، {time}',
  'journal.voice.remove': 'إزالة الملاحظة الصوتية',
  'journal.voice.removeOf': 'إزالة الملاحظة الصوتية {number}',
  'journal.voice.notSent': 'لم تُرسل الملاحظة الصوتية بعد',
  'journal.voice.refused': 'لم تتمكن العيادة من استلام هذه الملاحظة الصوتية',
  'journal.voice.coming': 'الملاحظة الصوتية في الطريق',
  'journal.voice.away': 'الملاحظة الصوتية ليست على هذا الجهاز',
  'journal.voice.gone.own': 'لقد تخلّيت عن هذه الملاحظة الصوتية. لم تُرسل.',
  'journal.voice.gone.theirs': 'جرى التخلي عن هذه الملاحظة الصوتية قبل إرسالها. لن تصل.',
  'journal.voice.fetch': 'جلب الملاحظة الصوتية ({mb} م.ب)',
  'journal.voice.wrong': 'لا يمكن تشغيل هذه الملاحظة الصوتية',
  'journal.voice.fault.denied':
    'لا يُسمح للتطبيق باستخدام الميكروفون. اسمح بذلك في إعدادات المتصفح أو الهاتف ثم حاول مرة أخرى.',
  'journal.voice.fault.noMicrophone': 'لم يُعثر على ميكروفون في هذا الجهاز.',
  'journal.voice.fault.micBusy': 'تطبيق آخر يستخدم الميكروفون. أغلقه وحاول مرة أخرى.',
  'journal.voice.fault.unsupported': 'لا يستطيع هذا المتصفح التسجيل. يمكنك الكتابة بدلًا من ذلك.',
  'journal.voice.fault.tooMany': 'يمكن أن تكون هنا {most} ملاحظات صوتية.',
  'journal.voice.fault.full': 'هذا الجهاز ممتلئ. توقف التسجيل. ما حُفظ حتى الآن موجود في النموذج.',
  'journal.voice.fault.failed': 'توقف التسجيل. ما حُفظ حتى الآن موجود في النموذج.',
} satisfies Record<keyof typeof en, string>;
