// The words of the digest. It says that there is something new and where, and nothing else: no name, no practice, no kind, no
// number. Of whom it is not known which language he reads, gets all that the product speaks.

import type { NotificationSettings } from '../../src/features/notification/schema.ts';

type Language = NonNullable<NotificationSettings['language']>;

interface Words {
  readonly subject: string;
  readonly news: string;
  readonly open: string;
  readonly why: string;
  readonly off: string;
  readonly offAsk: string;
  readonly offDo: string;
  readonly offDone: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    subject: 'New activity in Interlude',
    news: 'There is something new for you in Interlude.',
    open: 'Open Interlude',
    why: 'You get at most one of these a day. You choose what you hear of in the app, under Settings.',
    off: 'Turn off all e-mail from Interlude',
    offAsk: 'Do you want no more e-mail about new activity?',
    offDo: 'Turn off e-mail',
    offDone: 'E-mail is off. You can turn it on again in the app, under Settings.',
  },
  es: {
    subject: 'Actividad nueva en Interlude',
    news: 'Hay algo nuevo para usted en Interlude.',
    open: 'Abrir Interlude',
    why: 'Recibe como máximo uno de estos correos al día. En la app, en Ajustes, elige de qué se le avisa.',
    off: 'Desactivar todos los correos de Interlude',
    offAsk: '¿No quiere recibir más correos sobre actividad nueva?',
    offDo: 'Desactivar correos',
    offDone: 'Los correos están desactivados. Puede volver a activarlos en la app, en Ajustes.',
  },
  ar: {
    subject: 'نشاط جديد في Interlude',
    news: 'هناك شيء جديد لك في Interlude.',
    open: 'افتح Interlude',
    why: 'تصلك رسالة واحدة كهذه في اليوم على الأكثر. تختار ما تُبلَّغ به في التطبيق من الإعدادات.',
    off: 'إيقاف كل رسائل Interlude',
    offAsk: 'ألا تريد رسائل أخرى عن النشاط الجديد؟',
    offDo: 'أوقف الرسائل',
    offDone: 'أُوقفت الرسائل. يمكنك تشغيلها من جديد في التطبيق من الإعدادات.',
  },
};
const LANGUAGES = Object.keys(WORDS) as Language[];

export const subjectFor = (language: Language | undefined): string => WORDS[language ?? 'en'].subject;

export interface Letter {
  readonly text: string;
  readonly html: string;
}

/** `app` opens the app, `off` asks whether all e-mail is to end. */
export function letterIn(language: Language | undefined, { app, off }: { app: string; off: string }): Letter {
  const said = language === undefined ? LANGUAGES : [language];
  const texts = said.map((one) => {
    const words = WORDS[one];
    return `${words.news}\n\n${words.open}: ${app}\n\n${words.why}\n${words.off}: ${off}\n`;
  });
  const parts = said.map((one) => {
    const words = WORDS[one];
    return `<div lang="${one}" dir="${one === 'ar' ? 'rtl' : 'ltr'}" style="font:16px/1.5 system-ui,sans-serif;margin:0 0 32px">
<p>${words.news}</p>
<p><a href="${html(app)}">${words.open}</a></p>
<p style="color:#555;font-size:14px">${words.why}<br><a href="${html(off)}">${words.off}</a></p>
</div>`;
  });
  return { text: texts.join('\n---\n\n'), html: page(said[0] ?? 'en', parts.join('\n')) };
}

/** The page behind the link in a letter: asks first, since mail programs open links by themselves. */
export function offPage(language: Language | undefined, isDone: boolean): string {
  const one = language ?? 'en';
  const words = WORDS[one];
  const body = isDone
    ? `<p>${words.offDone}</p>`
    : `<p>${words.offAsk}</p><form method="post"><button>${words.offDo}</button></form>`;
  return page(one, `<main><h1>Interlude</h1>${body}</main>`);
}

function page(language: Language, body: string): string {
  const dir = language === 'ar' ? 'rtl' : 'ltr';
  return `<!doctype html><html lang="${language}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Interlude</title></head><body>${body}</body></html>`;
}

const html = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
