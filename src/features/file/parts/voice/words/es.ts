import type { en } from './en.ts';

export const es = {
  'file.voice.record': 'Grabar una nota de voz',
  'file.voice.recording': 'Grabando',
  'file.voice.stop': 'Detener',
  'file.voice.stopFirst':
    'Detenga la grabación y luego guarde. Si la aplicación se cierra, se conserva todo menos los últimos segundos.',
  'file.voice.notes': 'Notas de voz',
  'file.voice.name': 'Nota de voz, {time}',
  'file.voice.nameOf': 'Nota de voz {number}, {time}',
  'file.voice.remove': 'Quitar la nota de voz',
  'file.voice.removeOf': 'Quitar la nota de voz {number}',
  'file.voice.notSent': 'Nota de voz aún no enviada',
  'file.voice.refused': 'El consultorio no pudo recibir esta nota de voz',
  'file.voice.coming': 'La nota de voz está en camino',
  'file.voice.away': 'La nota de voz no está en este dispositivo',
  'file.voice.gone.own': 'Usted descartó esta nota de voz. No se envió.',
  'file.voice.gone.theirs': 'Esta nota de voz se descartó antes de enviarse. No llegará.',
  'file.voice.fetch': 'Obtener la nota de voz ({mb} MB)',
  'file.voice.wrong': 'Esta nota de voz no se puede reproducir',
  'file.voice.unfit': 'Este archivo se rechazó: no es una foto ni una nota de voz.',
  'file.voice.fault.denied':
    'La aplicación no puede usar el micrófono. Permítalo en los ajustes de su navegador o teléfono y vuelva a intentarlo.',
  'file.voice.fault.noMicrophone': 'No se encontró ningún micrófono en este dispositivo.',
  'file.voice.fault.micBusy': 'Otra aplicación está usando el micrófono. Ciérrela y vuelva a intentarlo.',
  'file.voice.fault.unsupported': 'Este navegador no puede grabar. Puede escribir en su lugar.',
  'file.voice.fault.tooMany': 'Aquí puede haber {most} notas de voz.',
  'file.voice.fault.full':
    'Este dispositivo está lleno. La grabación se detuvo. Lo guardado hasta ahora está en el formulario.',
  'file.voice.fault.failed': 'La grabación se detuvo. Lo guardado hasta ahora está en el formulario.',
} satisfies Record<keyof typeof en, string>;
