import type { en } from './en.ts';

export const es: Record<keyof typeof en, string> = {
  'protection.title': 'Vista protegida',
  'protection.does':
    'Mientras está activada, la energía, las porciones y el peso no llegan a los dispositivos de este cliente, y se le avisa cuando escribe de ellos en un comentario. El equipo de atención lo lee todo como antes.',
  'protection.on': 'Activada',
  'protection.off': 'Desactivada',
  'protection.turnOn': 'Activar',
  'protection.turnOff': 'Desactivar',
  'protection.turnOn.title': '¿Activar la vista protegida?',
  'protection.turnOff.title': '¿Desactivar la vista protegida?',
  'protection.turnOff.text':
    'La energía, las porciones y el peso volverán a llegar a los dispositivos de este cliente, también los anteriores.',
  'protection.reason': 'Motivo',
  'protection.reason.hint': 'Solo lo lee el equipo de atención. Se conserva.',
  'protection.reason.empty': 'Indique el motivo.',
  'protection.reason.long': 'Sobran {count, plural, one {# letra} other {# letras}}.',
  'protection.setBy': 'Activada por {name}, {time}',
  'protection.setByYou': 'Activada por usted, {time}',
  'protection.liftedBy': 'Desactivada por {name}, {time}',
  'protection.liftedByYou': 'Desactivada por usted, {time}',
  'protection.history': 'Antes ({count, number})',
  'protection.someone': 'alguien del consultorio',
  'protection.saved.on': 'Guardado. Rige en los dispositivos del cliente desde su próxima conexión.',
  'protection.saved.off': 'Guardado. La vista protegida está desactivada.',
  'protection.cancel': 'Cancelar',
  'protection.office': 'Vista protegida: la decide el equipo de atención.',
  'protection.failed': 'Este dispositivo no pudo guardarlo. Sus palabras siguen aquí.',
  'protection.refused': 'No se pudo guardar. Sus palabras siguen aquí.',
  'protection.refused.changed': 'Alguien la ha activado desde que usted la vio. Mírela de nuevo.',
  'protection.typed':
    'La vista protegida está activada para este cliente, y esto parece hablar de peso, IMC o calorías. El cliente lo leerá tal como lo escriba.',
};
