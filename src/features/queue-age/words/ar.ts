import type { QueueAgeWord } from './catalogue.ts';

export const ar: Record<QueueAgeWord, string> = {
  'queueAge.title': 'الردود المستحقة',
  'queueAge.intro': 'كم ينتظر المراجعون ردًا من فريق رعايتهم، لكل مقدم رعاية. لا يُذكر هنا أي مراجع ولا شيء مما قيل.',
  'queueAge.none': 'لا شيء ينتظر',
  'queueAge.owed':
    '{count, plural, zero {لا ردود مستحقة} one {رد واحد مستحق} two {ردان مستحقان} few {# ردود مستحقة} many {# ردًا مستحقًا} other {# رد مستحق}}',
  'queueAge.oldest': 'أقدمها {time}',
  'queueAge.overdue':
    '{count, plural, zero {لا متأخر} one {واحد متأخر} two {اثنان متأخران} few {# متأخرة} many {# متأخرًا} other {# متأخر}}',
  'queueAge.nobody': 'بلا مقدم رعاية',
  'queueAge.empty': 'لا يوجد مقدمو رعاية في هذه العيادة بعد.',
};
