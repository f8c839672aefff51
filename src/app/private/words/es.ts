import type { en } from './en.ts';

export const es: Record<keyof typeof en, string> = {
  'app.private': 'Entradas privadas',
  'app.private.section': 'Entradas que solo usted puede leer.',
  'app.private.go': 'Entradas privadas y código de recuperación',
  'app.private.who': '¿Quién puede leer esto?',
  'app.private.team': 'Mi equipo de atención',
  'app.private.me': 'Solo yo',
  'app.private.hint':
    'Solo usted puede leer esto. Su equipo de atención y el consultorio no pueden. No se avisa a nadie.',
  'app.private.noPhotos':
    'Las fotos y las notas de voz todavía no pueden ser privadas: una entrada solo para usted tiene únicamente palabras y respuestas.',
  'app.private.takeOut':
    'Las fotos y las notas de voz todavía no pueden ser privadas. Quítelas, o deje que su equipo de atención lea esta entrada.',
  'app.private.first':
    'Antes de su primera entrada privada necesita un código de recuperación. Lleva cerca de un minuto.',
  'app.private.first.do': 'Preparar las entradas privadas',
  'app.private.locked': 'Sus entradas privadas están cerradas en este dispositivo. Ábralas primero.',
  'app.private.locked.do': 'Abrir las entradas privadas',
  'app.private.fetching':
    'Este dispositivo todavía está trayendo sus cosas. Podrá escribir entradas privadas aquí cuando las tenga todas.',
  'app.private.only': 'Solo usted',
  'app.private.shared': 'Compartida',
  'app.private.lockedEntry': 'Cerrada: escriba su código de recuperación',
  'app.private.lockedText':
    'Esta entrada está a salvo, pero este dispositivo todavía no puede abrirla. Abra sus entradas privadas con su contraseña o su código de recuperación.',
  'app.private.brokenEntry': 'No se abre',
  'app.private.brokenText':
    'Esta entrada no se abre en este dispositivo. Puede ser de una versión más nueva de la aplicación: actualícela y mire otra vez.',
  'app.private.state.none': 'Sin preparar.',
  'app.private.state.unknown': 'Todavía se están trayendo.',
  'app.private.state.locked': 'Cerradas en este dispositivo.',
  'app.private.state.partly': 'Algunas están cerradas en este dispositivo.',
  'app.private.state.open': 'Listas en este dispositivo.',
  'app.private.how': 'Cómo funciona',
  'app.private.how.only': 'Solo usted puede leer estas entradas. Su equipo de atención y el consultorio no pueden.',
  'app.private.how.devices':
    'Llegan a todos sus dispositivos. El consultorio guarda para usted una copia cerrada, que no puede abrir.',
  'app.private.how.open':
    'En un dispositivo nuevo se abren con su contraseña. Si eso no funciona, con su código de recuperación.',
  'app.private.how.lost': 'Si pierde su contraseña y su código de recuperación, nadie puede recuperarlas.',
  'app.private.how.help':
    'Nadie ve lo que escribe allí, así que nadie puede ayudar. Si necesita ayuda, dígaselo a alguien o use «Ayuda en una crisis».',
  'app.private.how.limit':
    'Lo que no puede hacer: quien maneja el servidor del consultorio podría, con mala intención, cambiar esta misma aplicación. Ninguna aplicación que viene de un servidor puede excluirlo.',
  'app.private.how.lockScreen':
    'Lo que escribe en la pantalla de bloqueo nunca es privado: va a su equipo de atención.',
  'app.private.password': 'Su contraseña',
  'app.private.password.why':
    'Para estar seguros de que es usted. También abrirá sus entradas privadas en sus otros dispositivos.',
  'app.private.password.wrong': 'Esta no es su contraseña en este dispositivo.',
  'app.private.begin': 'Mostrar mi código de recuperación',
  'app.private.working': 'Tarda unos segundos.',
  'app.private.code': 'Su código de recuperación',
  'app.private.code.keep':
    'Anótelo o imprímalo, y guárdelo donde nadie más lo encuentre. No podemos mostrarlo otra vez.',
  'app.private.code.letters': 'No tiene las letras I, L, O ni U: lo que parezca una de ellas es un número, o una V.',
  'app.private.code.print': 'Imprimir',
  'app.private.code.save': 'Guardar como archivo',
  'app.private.code.sheet': 'Código de recuperación de Interlude para las entradas privadas, creado el {day}',
  'app.private.code.kept': 'Lo tengo en un lugar seguro',
  'app.private.code.again': 'Mostrar el código otra vez',
  'app.private.confirm': 'Compruebe que lo tiene',
  'app.private.confirm.text': 'Mire lo que anotó y escriba estos dos grupos.',
  'app.private.confirm.group': 'Grupo {number}',
  'app.private.confirm.wrong': 'Este no es el grupo {number}. Mire otra vez lo que anotó.',
  'app.private.confirm.do': 'Listo',
  'app.private.made': 'Las entradas privadas están preparadas.',
  'app.private.made.back': 'Volver a mi entrada',
  'app.private.made.there':
    'Ya preparó las entradas privadas en otro dispositivo. Ábralas aquí con su contraseña o su código de recuperación.',
  'app.private.failed': 'Este dispositivo no pudo guardarlo. No se cambió nada. Inténtelo otra vez.',
  'app.private.open.title': 'Abrir aquí las entradas privadas',
  'app.private.open.text':
    'No se ha perdido nada. Sus entradas privadas están en este dispositivo, pero todavía cerradas.',
  'app.private.open.partlyText':
    'Algunas entradas privadas se empezaron en otro dispositivo y aquí siguen cerradas. No se ha perdido nada.',
  'app.private.open.byPassword': 'Con su contraseña',
  'app.private.open.byCode': 'Con su código de recuperación',
  'app.private.open.byCodeText': 'Si cambió su contraseña, o si no funciona.',
  'app.private.open.do': 'Abrir',
  'app.private.open.codeDo': 'Abrir con el código',
  'app.private.open.password.wrong':
    'Esta contraseña no las abre. Si cambió su contraseña, use su código de recuperación.',
  'app.private.open.code': 'Código de recuperación',
  'app.private.open.code.hint': '7 grupos de 4 letras y números. Las mayúsculas y los espacios no importan.',
  'app.private.open.code.slip': 'Esto no es un código de recuperación. Revise cada letra y cada número.',
  'app.private.open.code.wrong': 'Este código no abre sus entradas privadas. Si creó un código más nuevo, use ese.',
  'app.private.open.now': 'Su contraseña actual',
  'app.private.open.now.why': 'Desde ahora abrirá sus entradas privadas en los dispositivos nuevos.',
  'app.private.opened': 'Sus entradas privadas están abiertas en este dispositivo.',
  'app.private.new': 'Nuevo código de recuperación',
  'app.private.new.text': 'Si perdió su código, o si alguien pudo verlo. El anterior deja de funcionar.',
  'app.private.new.do': 'Crear un código nuevo',
  'app.private.new.passkey': 'Usar huella, cara o PIN',
  'app.private.new.passkey.failed': 'No funcionó. Use su contraseña.',
  'app.private.new.done': 'Su nuevo código de recuperación ya funciona. Destruya el anterior.',
  'app.private.edit': 'Editar',
  'app.private.remove': 'Eliminar',
  'app.private.removed': 'Entrada privada eliminada.',
  'app.private.share': 'Compartir con mi equipo de atención',
  'app.private.share.title': '¿Compartir esta entrada con su equipo de atención?',
  'app.private.share.text':
    'Su equipo de atención recibe una copia de lo que dice ahora y puede comentarla. No podrá deshacerlo. Lo que cambie aquí después sigue siendo privado.',
  'app.private.share.do': 'Compartir',
  'app.private.share.done': 'Compartida con su equipo de atención el {time}.',
  'app.private.share.see': 'Ver la entrada compartida',
  'app.private.unsent': 'Entrada privada',
  'app.notSent.privateEntry.addEntry': 'Entrada privada',
  'app.notSent.privateEntry.reviseEntry': 'Cambios en una entrada privada',
  'app.notSent.privateEntry.removeEntry': 'Entrada privada eliminada',
  'app.notSent.privateEntry.changeWraps': 'Formas de abrir sus entradas privadas',
};
