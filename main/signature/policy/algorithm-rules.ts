import { z } from 'zod';

/** The first day, in UTC, on which something no longer holds. */
const day = z.iso.date();
/** From when on an algorithm is spoken of, and from when on it is refused; neither: it is sound as far as anybody knows. */
const lifetime = z.strictObject({ warnedFrom: day.optional(), refusedFrom: day.optional() });
/** What is broken can only be listed with the day from which it is refused. */
const ended = lifetime.required({ refusedFrom: true });

/** What a policy accepts by algorithm; what is not listed is refused at any time. The time is the best proven time of the signature. */
export const algorithmRules = z.strictObject({
  hashes: z.strictObject({
    'SHA-256': lifetime.optional(),
    'SHA-384': lifetime.optional(),
    'SHA-512': lifetime.optional(),
    'STREEBOG-256': lifetime.optional(),
    'STREEBOG-512': lifetime.optional(),
    GOST34311: lifetime.optional(),
    'SHA-224': ended.optional(),
    'SHA-1': ended.optional(),
    MD5: ended.optional(),
  }),
  schemes: z.strictObject({
    RSA: lifetime.optional(),
    'RSA-PSS': lifetime.optional(),
    ECDSA: lifetime.optional(),
    DSA: lifetime.optional(),
    'GOST3410-2015-512': lifetime.optional(),
    'GOST3410-2015-256': lifetime.optional(),
    'GOST34310-2004': lifetime.optional(),
    'GOST3410-2012-512': lifetime.optional(),
    'GOST3410-2012-256': lifetime.optional(),
  }),
  /** Sizes of RSA moduli; `shorter` ones down to its own `min` until their day. */
  rsaBits: z.strictObject({
    min: z.int().min(2048),
    max: z.int().max(8192),
    shorter: ended.extend({ min: z.int().min(1024) }).optional(),
  }),
  curves: z.strictObject({ 'P-256': lifetime.optional(), 'P-384': lifetime.optional(), 'P-521': lifetime.optional() }),
});

export type Lifetime = z.infer<typeof lifetime>;
