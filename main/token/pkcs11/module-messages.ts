/** What the token host and the owner of one PKCS#11 module say to each other. Every message is checked with these. */
import { z } from 'zod';
import { bytesSchema, sessionAlgorithmSchema } from '../port-messages.ts';

const callId = z.number().int().nonnegative();
const keyNameSchema = z.strictObject({ tokenSerial: z.string(), tokenLabel: z.string(), id: z.string(), certificate: z.string() });
const triesSchema = z.enum(['first', 'low', 'final', 'locked']);

export const moduleCallSchema = z.discriminatedUnion('call', [
  z.strictObject({ id: callId, call: z.literal('survey') }),
  z.strictObject({ id: callId, call: z.literal('locate'), key: keyNameSchema }),
  z.strictObject({ id: callId, call: z.literal('open'), key: keyNameSchema, pin: bytesSchema }),
  z.strictObject({ id: callId, call: z.literal('sign'), session: callId, tbs: bytesSchema }),
  z.strictObject({ id: callId, call: z.literal('close'), session: callId }),
  z.strictObject({ id: callId, call: z.literal('watch') }),
]);
export type ModuleCall = z.infer<typeof moduleCallSchema>;

export const moduleAnswerSchema = z.union([
  z.strictObject({ id: callId, result: z.unknown() }),
  z.strictObject({ event: z.literal('changed') }),
]);

export const locatedSchema = z.strictObject({
  tries: triesSchema,
  protectedPath: z.boolean(),
  certificate: bytesSchema,
  chain: z.array(bytesSchema),
});
export const openedKeySchema = z.strictObject({ session: callId, algorithm: sessionAlgorithmSchema, signsOnce: z.boolean() });
