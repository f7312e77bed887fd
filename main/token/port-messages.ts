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
const keyRefSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pkcs12'), file: z.string() }),
  z.strictObject({
    kind: z.literal('pkcs11'),
    module: z.string(),
    tokenSerial: z.string(),
    tokenLabel: z.string(),
    id: z.string().regex(/^(?:[0-9a-f]{2})+$/),
    certificate: z.string().regex(/^[0-9a-f]{64}$/),
  }),
]);
export const ncaLayerRefSchema = z.strictObject({ kind: z.literal('ncalayer'), url: z.string(), certificate: z.string().nullable() });
const placesSchema = z.strictObject({
  keyFolders: z.array(z.string()),
  modules: z.array(z.string()),
  ncaLayer: z.strictObject({ url: z.string(), anchors: z.array(z.string()) }).nullable(),
});
export const sessionAlgorithmSchema = z.enum([
  'RSA-SHA256',
  'ECDSA-P256-SHA256',
  'ECDSA-P384-SHA256',
  'GOST3410-2015-512',
  'GOST34310-2004',
]);
const triesSchema = z.enum(['first', 'low', 'final', 'locked']);

/** Core → token host. */
export const hostCallSchema = z.discriminatedUnion('call', [
  z.strictObject({ id: callId, call: z.literal('open'), key: keyRefSchema, display: displaySchema }),
  z.strictObject({ id: callId, call: z.literal('find-program') }),
  z.strictObject({ id: callId, call: z.literal('open-program'), key: ncaLayerRefSchema, language: z.enum(['kk', 'ru', 'en']) }),
  z.strictObject({ id: callId, call: z.literal('sign'), session: callId, tbs: bytesSchema }),
  z.strictObject({ id: callId, call: z.literal('sign-content'), session: callId, content: bytesSchema }),
  z.strictObject({ id: callId, call: z.literal('close'), session: callId }),
  z.strictObject({ id: callId, call: z.literal('use'), places: placesSchema }),
  z.strictObject({ id: callId, call: z.literal('list') }),
  z.strictObject({ id: callId, call: z.literal('modules'), only: z.string().nullable() }),
  z.strictObject({ id: callId, call: z.literal('watch') }),
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

/** Token host → core. `result` has the shape of the call it answers; `changed` is told to whoever watches. */
export const hostAnswerSchema = z.union([
  z.strictObject({ id: callId, result: z.unknown() }),
  z.strictObject({ event: z.literal('changed') }),
]);
export const openedSchema = z.strictObject({
  session: callId,
  certificate: bytesSchema,
  chain: z.array(bytesSchema),
  algorithm: sessionAlgorithmSchema,
  signsOnce: z.boolean(),
});
export const openedProgramSchema = z.strictObject({ session: callId, certificate: bytesSchema.nullable() });
export const messageSchema = z.strictObject({ cms: bytesSchema, certificate: bytesSchema });
export const foundKeySchema = z.strictObject({
  ref: keyRefSchema,
  certificate: bytesSchema.nullable(),
  label: z.string(),
  tries: triesSchema,
  protectedPath: z.boolean(),
  alwaysAuthenticate: z.boolean(),
});
export const sightSchema = z.strictObject({
  slots: z.number().int().nonnegative(),
  tokens: z.array(
    z.strictObject({
      serial: z.string(),
      label: z.string(),
      tries: triesSchema,
      protectedPath: z.boolean(),
      certificates: z.array(z.strictObject({ id: z.string(), certificate: bytesSchema, alwaysAuthenticate: z.boolean() })),
    }),
  ),
});
export const moduleFindingSchema = z.strictObject({ module: z.string(), sight: resultSchema(sightSchema) });

/** Token host → prompt, and back. */
export const pinQuestionSchema = z.strictObject({
  id: callId,
  display: displaySchema,
  state: z.enum(['first', 'wrong', 'low', 'final']),
  way: z.enum(['typed', 'on-reader']),
});
export type PinQuestion = z.infer<typeof pinQuestionSchema>;
export const pinAnswerSchema = z.strictObject({ id: callId, pin: bytesSchema.nullable(), lastTryConfirmed: z.boolean() });
