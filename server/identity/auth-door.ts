// The door of `/api/auth/*`: three addresses and no other, whatever better-auth could answer besides. Refusals leave in our
// form; a wrong password and an unknown e-mail are one and the same. Wrong tries are counted here.

import * as z from 'zod';
import { accountAddress, signInName } from '../../src/base/sign-in-name.ts';
import { readJson } from '../http/body.ts';
import { HttpRefusal, refusalResponse } from '../http/errors.ts';
import type { Attempts } from './attempts.ts';
import { AUTH_PATH, PASSWORD_LENGTH } from './auth.ts';
import type { Auth } from './auth.ts';
import { clientAddress } from './client-address.ts';

const BODY_BYTES = 16 * 1024;
const credentials = z.object({ email: z.string().trim().max(320), password: z.string().max(PASSWORD_LENGTH.most) });

/** Answers what comes to `/api/auth/*`; `peer` is the socket's remote address. Throws only bugs. */
export function createAuthDoor({ auth, attempts }: { auth: Auth; attempts: Attempts }) {
  async function answer(request: Request, peer?: string): Promise<Response> {
    const { pathname } = new URL(request.url);
    switch (`${request.method} ${pathname}`) {
      case `POST ${AUTH_PATH}/sign-in/email`:
        return signIn(request, clientAddress(peer, request.headers));
      case `POST ${AUTH_PATH}/sign-out`:
        return translated(await auth.handler(onward(request, {})));
      case `GET ${AUTH_PATH}/get-session`:
        return translated(await auth.handler(request));
      default:
        return refusalResponse('not-found');
    }
  }

  async function signIn(request: Request, address: string | null): Promise<Response> {
    const { email, password } = await readJson(request, credentials, BODY_BYTES);
    const name = signInName(email);
    const given = { email: name === null ? email : accountAddress(name), password };
    const attempt = await attempts.begin(given.email, address);
    if ('retryAfter' in attempt) return refusalResponse('slow-down', attempt);
    const response = await auth.handler(onward(request, given));
    if (response.ok) await attempt.succeeded();
    return translated(response);
  }

  return async (request: Request, peer?: string): Promise<Response> => {
    try {
      return await answer(request, peer);
    } catch (error) {
      if (error instanceof HttpRefusal) return refusalResponse(error.code, error.detail);
      throw error;
    }
  };
}

/** The request with a body of ours: fields that better-auth knows besides, such as an address to go to, stay outside. */
function onward(request: Request, body: Record<string, string>): Request {
  const headers = new Headers(request.headers);
  headers.set('content-type', 'application/json');
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding']) headers.delete(name);
  return new Request(request.url, { method: 'POST', headers, body: JSON.stringify(body) });
}

function translated(response: Response): Response {
  if (response.ok) return response;
  if (response.status === 401) return refusalResponse('not-signed-in');
  if (response.status === 403) return refusalResponse('forbidden-origin');
  if (response.status === 404) return refusalResponse('not-found');
  if (response.status < 500) return refusalResponse('bad-request');
  return refusalResponse('try-again', { retryAfter: 1 }, 500);
}
