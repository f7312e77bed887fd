/** Signing many acts in one go: what is about to be signed, the keys that are offered, and the ledger of what became of each act. */
import { z } from 'zod';
import { failureShape } from './failure-shape.ts';
import { roleShape } from './session-shapes.ts';
import { actSummaryShape } from './shapes.ts';

const instant = z.string();
const nullableText = z.string().nullable();
const sha256 = z.string().length(64);

export const BATCH_MOST_ACTS = 500;
export const batchActShape = z.strictObject({ id: z.uuid(), sha256 });

/** What would be signed, in this order. `listSha256` is the SHA-256 of the hashes in this order, each as hex with a line feed. */
export const batchPlanShape = z.strictObject({
  acts: z.array(actSummaryShape),
  /** Left out, and why: not read, changed since it was read, signed already. */
  leftOut: z.array(z.strictObject({ act: actSummaryShape, failure: failureShape })),
  listSha256: sha256,
});
export type BatchPlan = z.infer<typeof batchPlanShape>;

const certificateLineShape = z.strictObject({
  sha256,
  owner: z.string(),
  issuer: z.string(),
  validUntil: instant,
});

/** The parts of a ledger line. `waiting`: its turn comes; `not-tried`: the batch ended before its turn, nothing was done to it. */
export const batchItemShape = z.strictObject({
  actId: z.string(),
  kind: actSummaryShape.shape.kind,
  /** Case number, or the incoming number where there is no case yet. */
  number: z.string(),
  pages: z.number(),
  sha256,
  state: z.enum(['waiting', 'signing', 'signed', 'failed', 'not-tried']),
  failure: failureShape.nullable(),
  /** Signed when the batch is gone on with. */
  open: z.boolean(),
  signedSha256: nullableText,
  endedAt: instant.nullable(),
});
export type BatchItem = z.infer<typeof batchItemShape>;

const batchHead = {
  id: z.string(),
  madeAt: instant,
  endedAt: instant.nullable(),
  /** `stopped`: some acts have not had their turn; it can be gone on with. `done`: each act is signed or has its own failure. */
  state: z.enum(['running', 'stopped', 'done']),
  stop: failureShape.nullable(),
};

export const batchShape = z.strictObject({
  ...batchHead,
  /** Where the key lies, as it was shown. */
  keyPlace: z.string(),
  /** The one certificate of this batch; null until the key was opened for the first time. */
  certificate: certificateLineShape.nullable(),
  listSha256: sha256,
  items: z.array(batchItemShape),
});
export type Batch = z.infer<typeof batchShape>;

export const batchSummaryShape = z.strictObject({
  ...batchHead,
  total: z.number(),
  signed: z.number(),
  failed: z.number(),
  notTried: z.number(),
});
export type BatchSummary = z.infer<typeof batchSummaryShape>;

/** A key that is here now. `refusal`: why the person who is signed in cannot sign acts with it; the others can be chosen. */
export const keyChoiceShape = z.strictObject({
  id: z.string(),
  kind: z.enum(['pkcs12', 'pkcs11', 'ncalayer']),
  /** The name of the token, of the file, or of the program. */
  label: z.string(),
  /** Null for a key file that nobody has used here: whose it is, is known after the PIN. */
  owner: nullableText,
  roles: z.array(roleShape),
  issuer: nullableText,
  validUntil: instant.nullable(),
  /** Whole days; negative when the certificate is over. */
  daysLeft: z.number().nullable(),
  /** SHA-256, of a key whose certificate can be read without a PIN. */
  certificate: nullableText,
  tries: z.enum(['first', 'low', 'final', 'locked']),
  /** The PIN is typed on the reader. */
  onReader: z.boolean(),
  /** The PIN is asked for at each act; NCALayer may do so. */
  asksEachTime: z.boolean(),
  refusal: failureShape.nullable(),
});
export type KeyChoice = z.infer<typeof keyChoiceShape>;

/** `problem`: why there is nothing to choose from: no reader, no token, no driver. */
export const signingKeysShape = z.strictObject({ keys: z.array(keyChoiceShape), problem: failureShape.nullable() });
export type SigningKeys = z.infer<typeof signingKeysShape>;
