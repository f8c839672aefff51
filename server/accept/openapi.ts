// `GET /api/openapi.json`: the public API, made from the schemas that the server itself parses with.

import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { errorBody } from '../../src/sync/core/error-body.ts';
import {
  helloAnswer,
  helloRequest,
  parcelsRequest,
  pullAnswer,
  pullRequest,
  pushAnswer,
  pushRequest,
} from '../../src/sync/core/protocol.ts';

const me = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  memberships: z.array(
    z.object({
      practice: z.string(),
      practiceName: z.nullable(z.string()),
      role: z.string(),
      roles: z.array(z.string()),
      membershipId: z.string(),
    }),
  ),
});
const clients = z.array(z.object({ id: z.string(), name: z.string(), practice: z.string() }));
const conversations = z.array(
  z.object({
    id: z.string(),
    kind: z.string(),
    title: z.string(),
    client: z.string(),
    practice: z.string(),
    participants: z.array(z.string()),
    documents: z.array(z.string()),
  }),
);
const health = z.object({ status: z.literal('ok'), version: z.string(), epoch: z.string() });

/** Adds the route; the document does not depend on who asks. */
export function openApiRoute(app: Hono, version: string): void {
  const document = openApi(version);
  app.get('/api/openapi.json', (c) => c.json(document));
}

function openApi(version: string) {
  const sync = (name: string) => `/sync/{practice}/${name}`;
  return {
    openapi: '3.1.0',
    info: { title: 'Interlude', version, description: 'Rows travel by /sync, see src/sync/README.md.' },
    paths: {
      '/healthz': { get: operation('Whether the server is well', { answer: health }) },
      '/api/me': { get: operation('Who is signed in, and where he belongs', { answer: me }) },
      '/api/clients': { get: operation('The clients that the caller may see', { answer: clients }) },
      '/api/conversations': {
        get: operation('The conversations that the caller takes part in', { answer: conversations }),
      },
      [sync('hello')]: { post: operation('Negotiate', { body: helloRequest, answer: helloAnswer, practice: true }) },
      [sync('push')]: { post: operation('Send mutations', { body: pushRequest, answer: pushAnswer, practice: true }) },
      [sync('parcels')]: {
        post: operation('Send parcels', { body: parcelsRequest, answer: pushAnswer, practice: true }),
      },
      [sync('pull')]: { post: operation('Fetch rows', { body: pullRequest, answer: pullAnswer, practice: true }) },
    },
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'interlude.session_token' } } },
    security: [{ session: [] }],
  };
}

function operation(summary: string, parts: { body?: z.ZodMiniType; answer: z.ZodMiniType; practice?: boolean }) {
  const content = (schema: z.ZodMiniType) => ({ content: { 'application/json': { schema: jsonSchema(schema) } } });
  const practice = { name: 'practice', in: 'path', required: true, schema: { type: 'string' } };
  return {
    summary,
    ...(parts.practice && { parameters: [practice] }),
    ...(parts.body && { requestBody: { required: true, ...content(parts.body) } }),
    responses: {
      200: { description: 'Done', ...content(parts.answer) },
      default: { description: 'Refused', ...content(errorBody) },
    },
  };
}

/** Custom checks have no JSON Schema; they become "anything", and the server still holds to them. */
function jsonSchema(schema: z.ZodMiniType): unknown {
  return z.toJSONSchema(schema, { unrepresentable: 'any' });
}
