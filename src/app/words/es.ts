import type { en } from './en.ts';

export const es: Record<keyof typeof en, string> = {
  'app.name': 'Interlude',
  'app.today': 'Hoy',
  'app.journal': 'Diario',
  'app.more': 'Más',
  'app.inbox': 'Recibidos',
  'app.clients': 'Clientes',
  'app.settings': 'Ajustes',
  'app.lock': 'Bloquear',
  'app.entry': 'Entrada',
  'app.back': 'Volver',
  'app.cancel': 'Cancelar',
  'app.crisis.text':
    'Si tú o alguien que está contigo corre peligro ahora, llama al número de emergencias de tu zona. En Estados Unidos puedes llamar o enviar un mensaje de texto al 988 a cualquier hora.',
  'app.crisis.emergency': 'Llamar al 911 (emergencias, Estados Unidos)',
  'app.crisis.europe': 'Llamar al 112 (emergencias, Europa)',
  'app.crisis.lifeline': 'Llamar al 988 (línea de ayuda en crisis, Estados Unidos)',
  'app.signIn.title': 'Iniciar sesión',
  'app.signIn.intro':
    'Apoyo entre una visita y otra. Después de iniciar sesión por primera vez, podrás escribir aquí con o sin conexión.',
  'app.signIn.email': 'Correo electrónico',
  'app.signIn.password': 'Contraseña',
  'app.signIn.submit': 'Iniciar sesión',
  'app.signIn.busy': 'Iniciando sesión y preparando este dispositivo…',
  'app.signIn.wrong': 'Ese correo y esa contraseña no van juntos. Revisa los dos e inténtalo de nuevo.',
  'app.signIn.slow-down': 'Demasiados intentos. Espera unos minutos e inténtalo de nuevo.',
  'app.signIn.offline':
    'La primera vez que inicias sesión en un dispositivo hace falta conexión. Ahora no hay, o no se puede llegar al servidor.',
  'app.signIn.no-membership':
    'Iniciaste sesión, pero ningún consultorio te conoce con este correo. Pide una invitación a tu consultorio.',
  'app.signIn.back': 'Volver a la pantalla de bloqueo',
  'app.lock.title': 'Bloqueado',
  'app.lock.intro':
    'Lo que escribiste está guardado y protegido en este dispositivo. Desbloquéalo para leerlo; no hace falta conexión.',
  'app.lock.who': '¿Quién eres?',
  'app.lock.password': 'Contraseña',
  'app.lock.unlock': 'Desbloquear',
  'app.lock.busy': 'Desbloqueando…',
  'app.lock.wrong':
    'Esta contraseña no desbloquea lo que está guardado aquí. Si la cambiaste en otro lugar, vuelve a iniciar sesión.',
  'app.lock.passkey': 'Desbloquear con una llave de acceso',
  'app.lock.cancelled': 'No se usó la llave de acceso. Puedes intentarlo de nuevo o usar tu contraseña.',
  'app.lock.signIn': 'Volver a iniciar sesión, o entrar como otra persona',
  'app.lock.new': 'Nueva entrada',
  'app.lock.newIntro':
    'Puedes escribir sin desbloquear. Lo que escribas queda sellado en este dispositivo y se envía en cuanto se pueda.',
  'app.lock.saved': 'Guardado en este dispositivo. Podrás leerlo cuando lo desbloquees.',
  'app.lock.waiting':
    '{count, plural, one {# elemento espera en este dispositivo.} other {# elementos esperan en este dispositivo.}}',
  'app.line.trouble': 'Algo salió mal en este dispositivo. Lo que escribiste está guardado; lo intentaremos de nuevo.',
  'app.line.full':
    'Este dispositivo está lleno. Lo que aún no se envió está guardado. Libera espacio (borra fotos o aplicaciones) y seguirá solo.',
  'app.line.ended': 'Tu acceso a este consultorio terminó. Lo que escribiste y no enviaste está guardado aquí.',
  'app.line.update-needed':
    'Esta versión de la aplicación es demasiado antigua para recibir lo nuevo. Lo que escribe se envía igualmente. Instale la actualización.',
  'app.line.held':
    'El consultorio tiene una versión de Interlude más antigua que este dispositivo. Lo que escribió espera aquí y se enviará cuando se actualice.',
  'app.line.signIn': 'Inicia sesión para que se pueda enviar lo que escribes. Puedes seguir escribiendo.',
  'app.line.signInAction': 'Iniciar sesión para enviar',
  'app.first.title': 'Trayendo tus registros',
  'app.first.text': 'La primera vez tarda un momento. Ya puedes escribir.',
  'app.ready': 'Este dispositivo ya puede abrir la aplicación sin conexión.',
  'app.update.text': 'Hay una nueva versión lista. Empezará la próxima vez que abras la aplicación.',
  'app.update.now': 'Empezar a usarla ahora',
  'app.install.text':
    'Pon Interlude en tu pantalla de inicio: se abre más rápido y el dispositivo guarda mejor lo que escribes.',
  'app.install.ios':
    'Pon Interlude en tu pantalla de inicio (Compartir y luego “Agregar a Inicio”): así se evita que se borre lo que escribes.',
  'app.install.do': 'Instalar',
  'app.install.later': 'Ahora no',
  'app.today.hello': 'Hola, {name}',
  'app.today.write': '¿Cómo estás?',
  'app.today.nothing': 'Por hoy no hay nada que hacer.',
  'app.today.replies': 'De tu equipo de atención',
  'app.today.noReplies': 'Cuando tu equipo de atención te escriba sobre una entrada, lo verás aquí.',
  'app.today.commented': '{name} escribió sobre tu entrada',
  'app.today.prospect': 'Te damos la bienvenida. {practice} se comunicará contigo por aquí.',
  'app.chart': 'Expediente',
  'app.chart.office': 'Solo el equipo de atención puede abrir el diario.',
  'app.chart.timeline': 'Diario',
  'app.missing.title': 'No está aquí',
  'app.missing.text': 'En esta dirección no hay nada para ti.',
  'app.missing.home': 'Ir al inicio',
  'app.error.title': 'Algo salió mal',
  'app.error.text': 'Lo que escribiste está guardado en este dispositivo. Vuelve a cargar la página.',
  'app.error.reload': 'Volver a cargar',
};
