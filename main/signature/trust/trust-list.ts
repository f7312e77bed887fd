import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/result.ts';

const trustListSchema = z.strictObject({
  version: z.string().min(1),
  certificates: z.array(
    z.strictObject({
      /** SHA-256 of the certificate's DER, lower-case hex. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      role: z.enum(['root', 'issuing']),
      /** Text of the subject as certificates are shown. */
      subject: z.string().min(1),
      key: z.string().min(1),
      validFrom: z.iso.datetime(),
      validTo: z.iso.datetime(),
      /** Where its owner publishes it. */
      source: z.url().nullable(),
    }),
  ),
});

/** Fingerprints of the certificates of the National Certification Authority: only these may be installed as its anchors. */
export type TrustList = z.infer<typeof trustListSchema>;

/** Errors: `file-unreadable`, `input-invalid`. */
export async function loadTrustList(resourcesDir: string): Promise<Result<TrustList>> {
  try {
    const list = trustListSchema.safeParse(JSON.parse(await readFile(join(resourcesDir, 'trust', 'nca-certificates.json'), 'utf8')));
    return list.success ? ok(list.data) : fail('input-invalid');
  } catch {
    return fail('file-unreadable');
  }
}
