import { z } from 'zod';
import type { Role } from '../domain/role.ts';

/** `anyone`: also before sign-in. `signed-in`: every role, when not locked. */
type Access = 'anyone' | 'signed-in' | readonly Role[];

/** One channel: who may ask, what is asked, what is answered. */
export const channel = <I extends z.ZodType, O extends z.ZodType>(access: Access, input: I, output: O) => ({ access, input, output });

export const SECRETARY = ['secretary', 'office-head'] as const;
export const JUDGE = ['judge'] as const;
/** Whoever prepares acts or signs them; the head of office sees no text before it is issued. */
export const PREPARING = ['secretary', 'judge'] as const;
export const COURT = ['secretary', 'office-head', 'judge'] as const;

export const nothing = z.strictObject({});
export const done = z.null();
export const id = z.uuid();
export const revision = z.number().int().nonnegative();
export const reason = z.string().trim().min(1).max(1000);
/** Of a talk about a draft. */
export const words = z.string().trim().min(1).max(4000);
