import type { en } from './en.ts';

export const es: Record<keyof typeof en, string> = {
  'savedView.list': 'Mis vistas',
  'savedView.save': 'Guardar esta vista',
  'savedView.saveText':
    'Se guardan los filtros y el orden, en todos sus dispositivos. Lo escrito no: es el nombre de alguien.',
  'savedView.name': 'Nombre',
  'savedView.nameHint': 'No el nombre de un cliente.',
  'savedView.missing': 'Escriba un nombre.',
  'savedView.many': 'No cabe otra. Quite antes una.',
  'savedView.saved': 'La vista se guardó.',
  'savedView.change': 'Ordenar mis vistas',
  'savedView.up': 'Subir {name}',
  'savedView.down': 'Bajar {name}',
  'savedView.remove': 'Quitar {name}',
  'savedView.removed': 'Se quitó {name}.',
  'savedView.moved': 'Se movió {name}.',
  'savedView.failed': 'Esto no se guardó. Inténtelo de nuevo.',
  'savedView.cancel': 'Cancelar',
  'savedView.do': 'Guardar',
};
