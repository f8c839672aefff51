import type { en } from './en.ts';

export const es: Record<keyof typeof en, string> = {
  'app.join.title': 'Tu invitación',
  'app.join.looking': 'Mirando tu invitación…',
  'app.join.intro': 'Elige una contraseña. Con ella entras y desbloqueas lo que escribes en este dispositivo.',
  'app.join.introAccount': 'Ya tienes una cuenta. Su contraseña también abre esta.',
  'app.join.email': 'Entras con {login}',
  'app.join.name': 'Nombre de usuario o teléfono',
  'app.join.nameHint': 'Con esto entras. Puedes elegir otro.',
  'app.join.new': 'Contraseña nueva (12 caracteres o más)',
  'app.join.own': 'Tu contraseña',
  'app.join.short': 'Una contraseña tiene 12 caracteres o más.',
  'app.join.submit': 'Entrar',
  'app.join.joined': 'Ya estás dentro. Inicia sesión para seguir.',
  'app.join.accepted': 'Esta invitación ya se usó. Si fuiste tú, inicia sesión. Si no, avisa a tu centro.',
  'app.join.expired': 'Esta invitación ha caducado. Pide otra a tu centro.',
  'app.join.revoked': 'Tu centro retiró esta invitación. Pregunta si aún quieres entrar.',
  'app.join.replaced': 'Hay una invitación más nueva para ti. Usa el correo o la hoja más reciente.',
  'app.join.unknown': 'Este enlace no abre nada. Comprueba que esté completo o pide otro a tu centro.',
  'app.join.failed': 'No hay respuesta. Comprueba tu conexión y prueba de nuevo.',
  'app.join.again': 'Probar de nuevo',
  'app.join.wrong-password': 'Esa no es la contraseña de esta cuenta. Prueba de nuevo.',
  'app.join.name-taken': 'Alguien ya tiene este nombre. Elige otro.',
  'app.join.bad-name': 'Escribe un teléfono, o un nombre de 3 letras o más sin espacios.',
  'app.join.here-already':
    'Alguien de este centro ya entra con esto. Pide al centro que te invite con otra dirección o nombre.',
};
