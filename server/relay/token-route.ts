// `POST /api/relay-token`: the word by which a program without a cookie opens documents, for whoever is signed in.

import type { Hono } from 'hono';
import { HttpRefusal } from '../http/errors.ts';
import type { RelayTokens, SignIn } from './relay-token.ts';

export interface TokenRouteParts {
  readonly tokens: RelayTokens;
  sessionOf(headers: Headers): Promise<SignIn | null>;
}

export function relayTokenRoute(app: Hono, { tokens, sessionOf }: TokenRouteParts): void {
  app.post('/api/relay-token', async (c) => {
    const session = await sessionOf(c.req.raw.headers);
    if (session === null) throw new HttpRefusal('not-signed-in');
    return c.json(tokens.make(session));
  });
}
