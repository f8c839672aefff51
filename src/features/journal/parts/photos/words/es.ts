import type { en } from './en.ts';

export const es = {
  'journal.photo.add': 'Agregar una foto',
  'journal.photo.photos': 'Fotos',
  'journal.photo.of': 'Foto {number} de {count}',
  'journal.photo.remove': 'Quitar la foto {number}',
  'journal.photo.open': 'Abrir la foto {number}',
  'journal.photo.working': 'Preparando la foto…',
  'journal.photo.notSent': 'Foto aún sin enviar',
  'journal.photo.refused': 'El consultorio no pudo recibir esta foto',
  'journal.photo.coming': 'La foto está en camino',
  'journal.photo.away': 'La foto no está en este dispositivo',
  'journal.photo.gone.own': 'Usted descartó esta foto. No se envió.',
  'journal.photo.gone.theirs': 'Esta foto se descartó antes de enviarse. No llegará.',
  'journal.photo.show': 'Mostrar la foto ({mb} MB)',
  'journal.photo.wrong': 'Esta foto no se puede mostrar',
  'journal.photo.fault.notPicture': 'Este archivo no es una imagen que este dispositivo pueda leer. Elija una foto.',
  'journal.photo.fault.tooLarge': 'Este archivo es demasiado grande. Elija una foto más pequeña.',
  'journal.photo.fault.tooMany': 'Una entrada puede tener {most} fotos.',
  'journal.photo.fault.full': 'Este dispositivo está lleno. La foto no se agregó. Lo que escribió se conserva.',
  'journal.photo.fault.failed': 'No se pudo agregar la foto. Inténtelo otra vez.',
  'journal.photo.hint': 'Se quita de la foto el lugar donde se tomó.',
} satisfies Record<keyof typeof en, string>;
