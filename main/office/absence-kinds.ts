import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const name = z.string().min(1);
const fileSchema = z.strictObject({
  version: z.string(),
  source: z.string(),
  kinds: z.array(z.strictObject({ id: z.string().regex(/^[a-z-]+$/), kk: name, ru: name, en: name })).min(1),
});
export type AbsenceKind = z.infer<typeof fileSchema>['kinds'][number];

/**
 * Why somebody may be away, as `reference/absence-kinds.json` has it.
 * @throws when the file has another shape.
 */
export const loadAbsenceKinds = (resourcesDir: string): readonly AbsenceKind[] =>
  fileSchema.parse(JSON.parse(fs.readFileSync(path.join(resourcesDir, 'reference', 'absence-kinds.json'), 'utf8'))).kinds;
