import type { en } from './en.ts';

export const es = {
  'journal.voice.record': 'Grabar una nota de voz',
  'journal.voice.recording': 'Grabando',
  'journal.voice.stop': 'Detener',
  'journal.voice.stopFirst':
    'Detenga la grabación y luego guarde. Si la aplicación se cierra, se conserva todo menos los últimos segundos.',
  'journal.voice.notes': 'Notas de voz',
  'journal.voice.name': 'Nota de voz, {time}',
  'journal.voice.nameOf': 'Nota de voz {number}, {time}',
  'journal.voice.remove': 'Quitar la nota de voz',
  'journal.voice.removeOf': 'Quitar la nota de voz {number}',
  'journal.voice.notSent': 'Nota de voz aún no enviada',
  'journal.voice.refused': 'El consultorio no pudo recibir esta nota de voz',
  'journal.voice.coming': 'La nota de voz está en camino',
  'journal.voice.away': 'La nota de voz no está en este dispositivo',
  'journal.voice.gone.own': 'Usted descartó esta nota de voz. No se envió.',
  'journal.voice.gone.theirs': 'Esta nota de voz se descartó antes de enviarse. No llegará.',
  'journal.voice.fetch': 'Obtener la nota de voz ({mb} MB)',
  'journal.voice.wrong': 'Esta nota de voz no se puede reproducir',
  'journal.voice.unfit': 'Este archivo se rechazó: no es una foto ni una nota de voz.',
  'journal.voice.fault.denied':
    'La aplicación no puede usar el micrófono. Permítalo en los ajustes de su navegador o teléfono y vuelva a intentarlo.',
  'journal.voice.fault.noMicrophone': 'No se encontró ningún micrófono en este dispositivo.',
  'journal.voice.fault.micBusy': 'Otra aplicación está usando el micrófono. Ciérrela y vuelva a intentarlo.',
  'journal.voice.fault.unsupported': 'Este navegador no puede grabar. Puede escribir en su lugar.',
  'journal.voice.fault.tooMany': 'Aquí puede haber {most} notas de voz.',
  'journal.voice.fault.full':
    'Este dispositivo está lleno. La grabación se detuvo. Lo guardado hasta ahora está en el formulario.',
  'journal.voice.fault.failed': 'La grabación se detuvo. Lo guardado hasta ahora está en el formulario.',
} satisfies Record<keyof typeof en, string>;
