// Whose business each of these screens is; what is done there the server judges.

const ROLES = {
  away: ['provider'],
  cover: ['provider', 'owner', 'admin'],
  later: ['provider', 'owner', 'admin', 'support'],
  many: ['provider', 'owner', 'admin'],
  queues: ['owner', 'admin'],
  rules: ['provider', 'owner', 'admin', 'support'],
  welcome: ['owner', 'admin', 'support'],
} as const;

export function mayGo(what: keyof typeof ROLES, roles: readonly string[]): boolean {
  return ROLES[what].some((role) => roles.includes(role));
}
