// Made-up clients for tests and the seed. Nobody of these names is meant.

import type { CareTeamMember, Client } from './schema.ts';

export function clientSample(change: Partial<Client> = {}): Client {
  return { legalName: 'Ana Morales', preferredName: 'Ana', birthDate: '1991-04-17', status: 'active', ...change };
}

export function careTeamSample(
  fields: Pick<CareTeamMember, 'client' | 'member'> & Partial<CareTeamMember>,
): CareTeamMember {
  return { primary: true, ...fields };
}
