/** The values that the messages of the protocol are made of. */
import { z } from 'zod';

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
export const instantSchema = z.iso.datetime();
export const idSchema = z.uuid();
export const textSchema = (max: number) => z.string().max(max);
export const courtCodeSchema = z.string().regex(/^\d{4}$/);
/** One certificate as PEM and nothing after it, a private key least of all. */
export const certificatePemSchema = z
  .string()
  .max(20_000)
  .regex(/^-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/);
/** Money travels as tenge: a number or a decimal text such as `"1234567.50"`. */
export const tengeSchema = z.union([z.number(), textSchema(40)]);

/** A document, uploaded before, that the court gives a person. */
export const givenDocumentSchema = z.strictObject({
  sha256: sha256Schema,
  size: z.number().int().nonnegative(),
  title: z.string().min(1).max(1000),
  fileName: z.string().min(1).max(500),
});
export type GivenDocument = z.infer<typeof givenDocumentSchema>;
