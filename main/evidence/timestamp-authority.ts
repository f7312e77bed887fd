import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';

const authoritySchema = z.strictObject({
  url: z.string().regex(/^https?:\/\//),
  /** Object identifier that its tokens must be made under; null leaves it to the authority. */
  policy: z
    .string()
    .regex(/^[0-2](\.\d+)+$/)
    .nullable(),
  /** What acts are raised to. */
  level: z.enum(['T', 'LT']),
});
const fileSchema = z.strictObject({ version: z.string().min(1), real: authoritySchema.nullable(), training: authoritySchema.nullable() });

/** Whose timestamps a desk asks for, and how far acts are raised with them. */
export type TimestampAuthority = z.infer<typeof authoritySchema>;

/**
 * The authority of `resources/trust/timestamp-authority.json`; null where acts stay at level B. Errors: `file-unreadable`, `input-invalid`.
 */
export async function loadTimestampAuthority(resourcesDir: string, mode: 'real' | 'training'): Promise<Result<TimestampAuthority | null>> {
  let text: string;
  try {
    text = await readFile(join(resourcesDir, 'trust', 'timestamp-authority.json'), 'utf8');
  } catch {
    return fail('file-unreadable');
  }
  const file = fileSchema.safeParse(parseJson(text));
  return file.success ? ok(file.data[mode]) : fail('input-invalid');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
