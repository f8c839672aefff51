import type { QueueAgeWord } from './catalogue.ts';

export const es: Record<QueueAgeWord, string> = {
  'queueAge.title': 'Respuestas por dar',
  'queueAge.intro':
    'Cuánto esperan los clientes una respuesta de su equipo de atención, por profesional. Aquí no se nombra a ningún cliente, ni nada de lo dicho.',
  'queueAge.none': 'Nada en espera',
  'queueAge.owed': '{count, plural, one {# respuesta por dar} other {# respuestas por dar}}',
  'queueAge.oldest': 'la más antigua, {time}',
  'queueAge.overdue': '{count, plural, one {# atrasada} other {# atrasadas}}',
  'queueAge.nobody': 'De ningún profesional',
  'queueAge.empty': 'Todavía no hay profesionales en esta consulta.',
};
