import type { z } from 'zod';
import type { Role } from '../domain/role.ts';

/** `anyone`: also before sign-in. `signed-in`: every role, when not locked. */
type Access = 'anyone' | 'signed-in' | readonly Role[];

/** One channel: who may ask, what is asked, what is answered. */
export const channel = <I extends z.ZodType, O extends z.ZodType>(access: Access, input: I, output: O) => ({ access, input, output });
