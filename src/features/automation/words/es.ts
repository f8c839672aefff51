import type { AutomationWord } from './catalogue.ts';

export const es: Record<AutomationWord, string> = {
  'automation.title': 'Mensajes de estado por reglas',
  'automation.intro':
    'Lo que se dice solo a los clientes cuando ocurre algo. Cada mensaje se planea antes, donde el equipo del cliente lo ve y puede detenerlo.',
  'automation.list': 'Reglas',
  'automation.list.empty': 'Todavía no hay ninguna regla.',
  'automation.new': 'Nueva regla',
  'automation.edit': 'Cambiar la regla',
  'automation.trigger': 'Cuándo',
  'automation.trigger.came-into-care': 'Un cliente empieza a ser atendido por un profesional principal',
  'automation.trigger.answer-overdue': 'La respuesta del equipo a un cliente se retrasa',
  'automation.trigger.handed-over': 'Recepción pasa al equipo un mensaje de un cliente',
  'automation.delay': 'Días de espera',
  'automation.delay.hint': 'De 0 a 90. Se envía cuando la consulta está abierta.',
  'automation.delay.fault': 'Escriba un número entero de 0 a 90.',
  'automation.delay.row':
    '{days, plural, =0 {Enseguida} one {Después de # día} many {Después de # días} other {Después de # días}}, con la consulta abierta',
  'automation.body': 'Qué se le dice al cliente',
  'automation.body.hint': 'Las mismas palabras para todos: sin nombres ni datos de salud.',
  'automation.body.empty': 'Primero escriba algo.',
  'automation.body.long': 'Es demasiado largo. Acórtelo.',
  'automation.look': 'Qué pasará',
  'automation.look.when': 'Para lo que ocurra desde ahora. Lo anterior no causa nada.',
  'automation.look.example': 'Si ocurriera ahora, el mensaje se enviaría: {time}.',
  'automation.look.where.care-team': 'Llega a la conversación con el equipo.',
  'automation.look.where.front-desk': 'Llega a la conversación con recepción.',
  'automation.look.who.all':
    'Para cada cliente activo de la consulta; este dispositivo conoce {count, plural, one {#} many {#} other {#}}.',
  'automation.look.who.own': 'Para los clientes activos de los que usted es el profesional principal, en su nombre.',
  'automation.look.limits':
    'Una vez por cada ocasión, y nunca dos por reglas en un día al mismo cliente. No pide respuesta. Si la respuesta llega antes, no se envía el aviso de retraso.',
  'automation.look.back': 'Volver',
  'automation.keep': 'Guardar la regla',
  'automation.kept': 'La regla vale desde ahora.',
  'automation.on': 'Activada',
  'automation.off': 'Desactivada',
  'automation.turnOn': 'Activar',
  'automation.turnOff': 'Desactivar',
  'automation.turnedOff': 'Desactivada. Lo planeado por ella no se envía.',
  'automation.turnedOn':
    'Activada, para lo que ocurra desde ahora. Lo que ya se había planeado con ella y aún no ha llegado a su hora también se envía.',
  'automation.change': 'Cambiar',
  'automation.of': 'Para los clientes de {name}',
  'automation.ofPractice': 'Para todos los clientes activos de la consulta',
  'automation.planned':
    '{count, plural, =0 {No hay nada planeado por ella para los clientes que usted ve} one {# mensaje planeado por ella para los clientes que usted ve} many {# mensajes planeados por ella para los clientes que usted ve} other {# mensajes planeados por ella para los clientes que usted ve}}',
  'automation.unsent': 'Por ahora solo está en este dispositivo. Vale cuando la consulta la tenga.',
  'automation.failed': 'No se pudo guardar. Sus palabras siguen aquí. Inténtelo otra vez.',
  'automation.changed':
    'Alguien ha cambiado esta regla mientras tanto: arriba está lo que dice ahora. Sus palabras siguen aquí. Mírela otra vez y guárdelas, o vuelva.',
  'automation.draft.failed': 'Ahora mismo no se puede guardar en este dispositivo lo que escribe.',
};
