/** What the core and the token host say to each other, and the token host and the PIN prompt. Every message is checked with these. */
import { z } from 'zod';
import { ERROR_CODES } from '../../shared/errors.ts';

export const bytesSchema = z.custom<Uint8Array>(
  (value) => ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]',
);
const callId = z.number().int().nonnegative();

export const displaySchema = z.strictObject({
  purpose: z.enum(['sign-in', 'act', 'paper']),
  title: z.string(),
  lines: z.array(z.string()),
  sha256: z.string().nullable(),
});
const keyRefSchema = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('pkcs12'), file: z.string() })]);

/** Core → token host. */
export const hostCallSchema = z.discriminatedUnion('call', [
  z.strictObject({ id: callId, call: z.literal('open'), key: keyRefSchema, display: displaySchema }),
  z.strictObject({ id: callId, call: z.literal('sign'), session: callId, tbs: bytesSchema }),
  z.strictObject({ id: callId, call: z.literal('close'), session: callId }),
]);
export type HostCall = z.infer<typeof hostCallSchema>;

const failureSchema = z.strictObject({
  code: z.enum(ERROR_CODES as [(typeof ERROR_CODES)[number], ...(typeof ERROR_CODES)[number][]]),
  params: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
  next: z.enum(['fix-input', 'ask-user', 'retry-later', 'stop']),
});
export const resultSchema = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), error: failureSchema }),
  ]);

/** Token host → core. `result` has the shape of the call it answers. */
export const hostAnswerSchema = z.strictObject({ id: callId, result: z.unknown() });
export const openedSchema = z.strictObject({
  session: callId,
  certificate: bytesSchema,
  chain: z.array(bytesSchema),
  algorithm: z.enum(['RSA-SHA256', 'ECDSA-P256-SHA256']),
});

/** Token host → prompt, and back. */
export const pinQuestionSchema = z.strictObject({ id: callId, display: displaySchema, state: z.enum(['first', 'wrong', 'low', 'final']) });
export const pinAnswerSchema = z.strictObject({ id: callId, pin: bytesSchema.nullable() });
