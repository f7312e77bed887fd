import { z } from 'zod';
import { ROLES } from '../../shared/domain/role.ts';
import { certificatePemSchema, courtCodeSchema } from '../../shared/registry/index.ts';

/** What an administrator sends about a person; without an id a new person is added. Certificates are PEM. */
export const userRequestSchema = z.strictObject({
  id: z.uuid().optional(),
  court: courtCodeSchema,
  name: z.string().min(1).max(400),
  iin: z
    .string()
    .regex(/^\d{12}$/)
    .nullable(),
  roles: z.array(z.enum(ROLES)).max(ROLES.length),
  certificates: z.array(certificatePemSchema).max(20),
  active: z.boolean(),
});

export const userListQuerySchema = z.object({ court: courtCodeSchema.optional() });
