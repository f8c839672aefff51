import type { WelcomeWord } from './catalogue.ts';

export const ar: Record<WelcomeWord, string> = {
  'welcome.title': 'رسالة الترحيب',
  'welcome.intro':
    'يتلقاها كل مراجع جديد مرة واحدة، كرسالة تلقائية في المحادثة مع فريق الرعاية. ومن تلقاها لا يتلقى غيرها.',
  'welcome.isOn': 'إرسال ترحيب',
  'welcome.text': 'نص الرسالة',
  'welcome.empty': 'اكتب شيئًا أولًا.',
  'welcome.tooLong': 'النص طويل جدًا. اختصره.',
  'welcome.save': 'حفظ',
  'welcome.saved': 'تم الحفظ',
  'welcome.failed': 'تعذر الحفظ. كلماتك لا تزال هنا. حاول مرة أخرى.',
  'welcome.draft.failed': 'لا يمكن الآن حفظ ما تكتبه على هذا الجهاز.',
};
