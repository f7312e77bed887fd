import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Court } from '../../shared/registry/index.ts';

/** The courts a new real registry starts with; the administrator keeps the list from then on. */
export function seedCourts(resourcesDir: string): Court[] {
  const text = fs.readFileSync(path.join(resourcesDir, 'reference', 'courts_codes_seed.csv'), 'utf8');
  const rows = parse<Record<string, string>>(text, { columns: true });
  return rows.map((r) => ({ code: r['court_code4']!, nameKk: r['name_kk']!, nameRu: r['name_ru']! }));
}
