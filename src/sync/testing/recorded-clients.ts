// Of a recording: how the front desk takes on a client, invites her, and how her care ends and begins again.

import { newId } from '../../base/ids.ts';
import { placeIdOf } from '../../features/client/schema-team.ts';
import type { RecordedAct } from './recorded-acts.ts';

export function clientActs(theirs: { by: string; at: string; zone: string }, provider: string): RecordedAct[] {
  const [client, letter, page, last, left, pause] = [newId(), newId(), newId(), newId(), newId(), newId()];
  const legalName = 'Noor Haddad';
  const safeContact = { noCalls: true, noVoicemail: true, noEmail: true, note: 'Her sister reads her post.' };
  const details = { legalName, preferredName: 'Noor', birthDate: '1988-03-09', language: 'ar', safeContact };
  const contacts = [
    { id: newId(), kind: 'phone', value: '+1 555 010 0166' },
    { id: newId(), kind: 'email', value: 'noor@example.org' },
  ];
  const secretHash = 'c2VjcmV0'.repeat(6).slice(0, 43);
  const on = { ...theirs, client };
  const why = { reason: 'Has moved away.', said: 'Your care here has ended.' };
  const act = (name: string, args: RecordedAct['args']): RecordedAct => ({ name, args });
  return [
    act('client.addClient', { ...theirs, id: client, details, status: 'prospect', primary: provider, contacts }),
    act('client.addClient', {
      ...theirs,
      id: newId(),
      details: { legalName, birthDate: '1990-12-31' },
      status: 'active',
    }),
    act('client.changeClient', {
      ...{
        ...theirs,
        id: client,
        changes: { preferredName: null, safeContact: null },
        seen: { preferredName: 'Noor', safeContact },
      },
    }),
    act('invitation.invite', { ...on, id: letter, way: 'email', login: 'noor@example.org' }),
    act('invitation.invite', { ...on, id: page, way: 'print', login: '+15550100166', secretHash, replaces: [letter] }),
    act('invitation.revoke', { ...on, id: page }),
    act('invitation.invite', { ...on, id: last, way: 'print', login: 'noor.haddad', secretHash }),
    act('client.pauseContact', { ...on, id: pause, reason: 'In hospital.', seen: null }),
    act('client.pauseContact', { ...on, seen: pause }),
    act('client.changePrimary', { ...on, id: left, from: placeIdOf(client, provider), leaves: true }),
    act('client.changePrimary', { ...on, id: newId(), to: provider, seen: left }),
    act('client.changeStatus', {
      ...on,
      id: newId(),
      from: 'invited',
      to: 'archived',
      ...why,
      ...{ waiting: [newId()], handOvers: [newId()], tasks: [newId()] },
      direct: [{ conversation: newId(), message: newId() }],
      invitations: [last],
    }),
    act('client.changeStatus', { ...on, id: newId(), from: 'archived', to: 'active', reason: 'Is back.' }),
  ];
}
