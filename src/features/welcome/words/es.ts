import type { WelcomeWord } from './catalogue.ts';

export const es: Record<WelcomeWord, string> = {
  'welcome.title': 'Mensaje de bienvenida',
  'welcome.intro':
    'Cada cliente nuevo lo recibe una vez, como mensaje automático en la conversación con el equipo. Quien ya lo tiene no recibe otro.',
  'welcome.isOn': 'Enviar una bienvenida',
  'welcome.text': 'Qué dice',
  'welcome.empty': 'Primero escriba algo.',
  'welcome.tooLong': 'Es demasiado largo. Acórtelo.',
  'welcome.save': 'Guardar',
  'welcome.saved': 'Guardado',
  'welcome.failed': 'No se pudo guardar. Sus palabras siguen aquí. Inténtelo otra vez.',
  'welcome.draft.failed': 'Ahora mismo no se puede guardar en este dispositivo lo que escribe.',
};
