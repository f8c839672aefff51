import type { BroadcastWord } from './catalogue.ts';

export const ar: Record<BroadcastWord, string> = {
  'broadcast.section': 'رسائل تلقائية وإلى كثيرين',
  'broadcast.title': 'الكتابة إلى كثيرين',
  'broadcast.intro': 'نص واحد لمراجعين كثيرين. يتلقاه كل مراجع في محادثته الخاصة، ولا يرى أحد من تلقاه غيره.',
  'broadcast.audience': 'إلى من',
  'broadcast.audience.own': 'كل عملائي النشطين',
  'broadcast.audience.active': 'كل مراجعي العيادة النشطين',
  'broadcast.audience.chosen': 'من أختارهم',
  'broadcast.where.care-team': 'تصل إلى المحادثة مع فريق الرعاية.',
  'broadcast.where.front-desk': 'تصل إلى المحادثة مع مكتب الاستقبال.',
  'broadcast.who':
    'من يتلقاها: {count, plural, zero {لا مراجعين} one {مراجع واحد} two {مراجعان} few {# مراجعين} many {# مراجعًا} other {# مراجع}}',
  'broadcast.nobody': 'لا يوجد من تكتب إليه.',
  'broadcast.body': 'الرسالة',
  'broadcast.body.hint': 'الكلمات نفسها للجميع: بلا أسماء ولا تفاصيل صحية.',
  'broadcast.body.empty': 'اكتب شيئًا أولًا.',
  'broadcast.body.long': 'النص طويل جدًا. اختصره.',
  'broadcast.who.empty': 'اختر مراجعًا واحدًا على الأقل.',
  'broadcast.look': 'ماذا سيحدث',
  'broadcast.look.text':
    'تذهب هذه الرسالة إلى {count, plural, zero {لا مراجعين} one {مراجع واحد} two {مراجعان} few {# مراجعين} many {# مراجعًا} other {# مراجع}}، كل في محادثته الخاصة.',
  'broadcast.look.minute': 'تُرسل بعد دقيقة من وصولها إلى الخادم. وحتى ذلك الحين يمكنك التراجع.',
  'broadcast.look.back': 'رجوع',
  'broadcast.confirm': 'إرسال خلال دقيقة',
  'broadcast.failed': 'تعذر الحفظ. كلماتك لا تزال هنا. حاول مرة أخرى.',
  'broadcast.draft.failed': 'لا يمكن الآن حفظ ما تكتبه على هذا الجهاز.',
  'broadcast.list': 'ما كُتب إلى كثيرين',
  'broadcast.list.empty': 'لا شيء بعد.',
  'broadcast.unsent': 'لم تُرسل بعد. لم تغادر هذا الجهاز.',
  'broadcast.scheduled':
    'تُرسل في {time} إلى {count, plural, zero {لا مراجعين} one {مراجع واحد} two {مراجعان} few {# مراجعين} many {# مراجعًا} other {# مراجع}}',
  'broadcast.sending': 'أُرسلت {sent} من {total}',
  'broadcast.sent':
    'أُرسلت إلى {count, plural, zero {لا مراجعين} one {مراجع واحد} two {مراجعان} few {# مراجعين} many {# مراجعًا} other {# مراجع}}',
  'broadcast.leftOut':
    'لم تُرسل إلى: {count, plural, zero {لا مراجعين} one {مراجع واحد} two {مراجعان} few {# مراجعين} many {# مراجعًا} other {# مراجع}}',
  'broadcast.cancelled.none': 'تم التراجع. لم يتلقها أحد.',
  'broadcast.cancelled.some': 'أُوقفت. تلقاها {sent} من {total}.',
  'broadcast.cancelled.asked': 'تم التراجع على هذا الجهاز. سيُذكر هنا ما أُرسل قبل ذلك.',
  'broadcast.undo': 'تراجع',
  'broadcast.stop': 'إيقاف',
};
