// The few calls to sign-in's own API. Everything else goes through sync.

import * as z from 'zod/mini';

const meShape = z.object({
  user: z.object({ id: z.string(), name: z.string() }),
  memberships: z.array(
    z.object({
      practice: z.string(),
      practiceName: z.optional(z.nullable(z.string())),
      role: z.string(),
      roles: z.array(z.string()),
      membershipId: z.string(),
    }),
  ),
});
export type Me = z.infer<typeof meShape>;

export type SignInProblem = 'wrong' | 'slow-down' | 'offline' | 'no-membership';

/** Signs in; the session is a cookie. */
export async function signInByPassword(email: string, password: string): Promise<SignInProblem | undefined> {
  const answer = await postJson('/api/auth/sign-in/email', { email: email.trim(), password });
  if (answer === null || answer.status >= 500) return 'offline';
  if (answer.status === 429) return 'slow-down';
  return answer.ok ? undefined : 'wrong';
}

/** Who is signed in, and where he belongs; null where there is no answer. */
export async function fetchMe(): Promise<Me | null> {
  const answer = await fetch('/api/me').catch(() => null);
  if (!answer?.ok) return null;
  const parsed = z.safeParse(meShape, await answer.json().catch(() => null));
  return parsed.success ? parsed.data : null;
}

/** Ends the session on the server where it can be reached; the device is cleared either way. */
export async function signOutHere(): Promise<void> {
  await postJson('/api/auth/sign-out', {});
}

/** Posts JSON outside sync; null where there is no answer. */
export function postJson(path: string, body: object): Promise<Response | null> {
  const headers = { 'content-type': 'application/json' };
  return fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null);
}
