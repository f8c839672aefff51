import type { AutomationWord } from './catalogue.ts';

export const ar: Record<AutomationWord, string> = {
  'automation.title': 'رسائل الحالة وفق القواعد',
  'automation.intro':
    'ما يُقال للعملاء تلقائيًا عندما يحدث شيء. تُخطط كل رسالة أولًا حيث يراها فريق رعاية العميل ويمكنه إيقافها.',
  'automation.list': 'القواعد',
  'automation.list.empty': 'لا توجد قواعد بعد.',
  'automation.new': 'قاعدة جديدة',
  'automation.edit': 'تغيير القاعدة',
  'automation.trigger': 'متى',
  'automation.trigger.came-into-care': 'عندما يبدأ عميل الرعاية مع مقدم رعاية أساسي',
  'automation.trigger.answer-overdue': 'عندما يتأخر رد فريق الرعاية على عميل',
  'automation.trigger.handed-over': 'عندما يسلّم مكتب الاستقبال رسالة عميل إلى فريق الرعاية',
  'automation.delay': 'أيام الانتظار',
  'automation.delay.hint': 'من 0 إلى 90. تُرسل عندما تكون العيادة مفتوحة.',
  'automation.delay.fault': 'يُرجى كتابة عدد صحيح من 0 إلى 90.',
  'automation.delay.row':
    '{days, plural, =0 {فورًا} zero {فورًا} one {بعد يوم واحد} two {بعد يومين} few {بعد # أيام} many {بعد # يومًا} other {بعد # يوم}}، عندما تكون العيادة مفتوحة',
  'automation.body': 'ما يُقال للعميل',
  'automation.body.hint': 'الكلمات نفسها للجميع: بلا أسماء ولا تفاصيل صحية.',
  'automation.body.empty': 'يُرجى كتابة شيء أولًا.',
  'automation.body.long': 'النص طويل جدًا. يُرجى اختصاره.',
  'automation.look': 'ما الذي سيحدث',
  'automation.look.when': 'لما يحدث من الآن فصاعدًا. وما كان قبل ذلك لا يسبب شيئًا.',
  'automation.look.example': 'لو حدث ذلك الآن لأُرسلت الرسالة {time}.',
  'automation.look.where.care-team': 'تصل في المحادثة مع فريق الرعاية.',
  'automation.look.where.front-desk': 'تصل في المحادثة مع مكتب الاستقبال.',
  'automation.look.who.all':
    'لكل عميل نشط في العيادة؛ يعرف هذا الجهاز {count, plural, zero {لا أحد منهم} one {واحدًا منهم} two {اثنين منهم} few {# منهم} many {# منهم} other {# منهم}}.',
  'automation.look.who.own': 'للعملاء النشطين الذين أنتم مقدم رعايتهم الأساسي، وباسمكم.',
  'automation.look.limits':
    'مرة واحدة في كل مرة يحدث فيها ذلك، ولا رسالتان وفق القواعد في يوم واحد لعميل واحد. لا تطلب ردًا. والرد الذي يصل قبلها يوقف رسالة التأخر.',
  'automation.look.back': 'رجوع',
  'automation.keep': 'حفظ القاعدة',
  'automation.kept': 'تسري القاعدة من الآن.',
  'automation.on': 'مفعّلة',
  'automation.off': 'متوقفة',
  'automation.turnOn': 'تفعيل',
  'automation.turnOff': 'إيقاف',
  'automation.turnedOff': 'متوقفة. ما خُطط وفقها لا يُرسل.',
  'automation.turnedOn': 'مفعّلة لما يحدث من الآن فصاعدًا. وما كان مخططًا بها ولم يحن وقته بعد يُرسل أيضًا.',
  'automation.change': 'تغيير',
  'automation.of': 'لعملاء {name}',
  'automation.ofPractice': 'لكل العملاء النشطين في العيادة',
  'automation.planned':
    '{count, plural, =0 {لا شيء مخطط وفقها للعملاء الذين ترونهم} zero {لا شيء مخطط وفقها للعملاء الذين ترونهم} one {رسالة واحدة مخططة وفقها للعملاء الذين ترونهم} two {رسالتان مخططتان وفقها للعملاء الذين ترونهم} few {# رسائل مخططة وفقها للعملاء الذين ترونهم} many {# رسالة مخططة وفقها للعملاء الذين ترونهم} other {# رسالة مخططة وفقها للعملاء الذين ترونهم}}',
  'automation.unsent': 'هي على هذا الجهاز فقط حتى الآن. تسري بعد أن تصل إلى العيادة.',
  'automation.failed': 'تعذّر الحفظ. كلماتكم ما زالت هنا. يُرجى المحاولة مرة أخرى.',
  'automation.changed':
    'غيّر شخص آخر هذه القاعدة في هذه الأثناء: نصها الآن في الأعلى. كلماتكم ما زالت هنا. راجعوها واحفظوا كلماتكم، أو ارجعوا.',
  'automation.draft.failed': 'لا يمكن الآن حفظ ما تكتبونه على هذا الجهاز.',
};
