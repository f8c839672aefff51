import * as z from 'zod/mini';
import { defineRecord } from '../../sync/core/declare.ts';
import { words } from '../fields.ts';
import { memberKey } from '../space-names.ts';

const STAFF_ROLES = ['owner', 'admin', 'provider', 'support'] as const;

const memberFields = z.object({
  name: words(200),
  /** The sign-in: by it documents know their authors. */
  userId: z.optional(z.string()),
  roles: z.array(z.enum(STAFF_ROLES)),
});
export type Member = z.infer<typeof memberFields>;

/** Someone who works in the practice [Practitioner + PractitionerRole]. Its id is the membership's. */
export const memberRecord = defineRecord({
  name: 'member',
  schemaVersion: 1,
  fields: memberFields,
  relations: ({ id, fields }) => [
    ...(fields.userId ? [{ object: memberKey(id), relation: 'user', subject: `user:${fields.userId}` }] : []),
    ...fields.roles.map((role) => ({ object: 'practice', relation: role, subject: memberKey(id) })),
  ],
});
