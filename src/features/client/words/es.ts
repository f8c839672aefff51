import type { en } from './en.ts';

export const es: Record<keyof typeof en, string> = {
  'client.title': 'Clientes',
  'client.list': 'Lista de clientes',
  'client.search': 'Buscar por nombre',
  'client.filter.whose': 'Mostrar',
  'client.filter.mine': 'Mis clientes',
  'client.filter.all': 'Todos',
  'client.filter.status': 'Estado',
  'client.filter.anyStatus': 'Cualquier estado',
  'client.found': '{count, plural, one {# cliente} other {# clientes}}',
  'client.more': 'Mostrar más',
  'client.empty.title': 'Aún no hay clientes',
  'client.empty.text': 'Aquí se mostrarán los clientes de cuyo equipo de atención forma parte.',
  'client.none.title': 'Ningún cliente coincide',
  'client.none.text': 'Pruebe con otro nombre o estado.',
  'client.born': 'Nacimiento: {date} ({age, plural, =0 {menos de 1 año} one {# año} other {# años}})',
  'client.known': 'prefiere {name}',
  'client.primary': 'A mi cargo',
  'client.status.prospect': 'Posible cliente',
  'client.status.invited': 'Invitación enviada',
  'client.status.active': 'Activo',
  'client.status.archived': 'Archivado',
  'client.gone':
    'El nombre de este cliente no está en este dispositivo. No escriba en este expediente antes de saber de quién es.',
};
