// The words of an invitation: that somebody is invited to Interlude by a practice that she knows, and how to come in. No name, no
// practice, nothing of why: others may read her post.

const WORDS = {
  en: {
    subject: 'Your invitation to Interlude',
    invited:
      'A practice that you know invites you to Interlude, where you and the people who care for you write to each other between visits.',
    open: 'Accept the invitation',
    good: 'It works once, and for 14 days. If it has run out, ask your practice for another.',
    not: 'Were you not expecting this? Then somebody mistyped an address. You need not do anything.',
  },
  es: {
    subject: 'Su invitación a Interlude',
    invited:
      'Un centro que usted conoce le invita a Interlude, donde usted y quienes le atienden se escriben entre visitas.',
    open: 'Aceptar la invitación',
    good: 'Sirve una sola vez, durante 14 días. Si ha caducado, pida otra a su centro.',
    not: '¿No lo esperaba? Entonces alguien escribió mal una dirección. No tiene que hacer nada.',
  },
  ar: {
    subject: 'دعوتك إلى Interlude',
    invited: 'تدعوك عيادة تعرفها إلى Interlude، حيث تتبادل الكتابة مع من يقدمون لك الرعاية بين الزيارات.',
    open: 'قبول الدعوة',
    good: 'تعمل مرة واحدة ولمدة 14 يومًا. إذا انتهت مدتها فيمكن طلب دعوة أخرى من العيادة.',
    not: 'ألم تكن تتوقع هذا؟ إذن أخطأ أحدهم في كتابة عنوان. لا يلزمك فعل شيء.',
  },
} as const;
type Language = keyof typeof WORDS;

const isLanguage = (text: string | null | undefined): text is Language =>
  text !== null && text !== undefined && text in WORDS;

export interface InvitationLetter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** In the language that she reads, or, where that is not known, in all. */
export function invitationLetter(language: string | null | undefined, link: string): InvitationLetter {
  const said = isLanguage(language) ? [language] : (Object.keys(WORDS) as Language[]);
  const [first = 'en'] = said;
  const texts = said.map((one) => {
    const { invited, open, good, not } = WORDS[one];
    return `${invited}\n\n${open}: ${link}\n\n${good}\n${not}\n`;
  });
  const parts = said.map((one) => {
    const { invited, open, good, not } = WORDS[one];
    return `<div lang="${one}" dir="${one === 'ar' ? 'rtl' : 'ltr'}" style="font:16px/1.5 system-ui,sans-serif;margin:0 0 32px">
<p>${invited}</p>
<p><a href="${link.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">${open}</a></p>
<p style="color:#555;font-size:14px">${good}<br>${not}</p>
</div>`;
  });
  const dir = first === 'ar' ? 'rtl' : 'ltr';
  const html = `<!doctype html><html lang="${first}" dir="${dir}"><head><meta charset="utf-8"><title>Interlude</title></head><body>${parts.join('\n')}</body></html>`;
  return { subject: WORDS[first].subject, text: texts.join('\n---\n\n'), html };
}
