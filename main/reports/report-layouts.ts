import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SOURCES } from './report-sources.ts';

const columnSchema = z.strictObject({
  field: z.string(),
  kk: z.string().min(1),
  ru: z.string().min(1),
  /** Characters. */
  width: z.number().int().min(3).max(80),
});
const layoutSchema = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  source: z.string(),
  kk: z.string().min(1),
  ru: z.string().min(1),
  /** `fairness`: stands in the fairness ledger and not among the reports. */
  section: z.enum(['reports', 'fairness']),
  orientation: z.enum(['portrait', 'landscape']),
  columns: z.array(columnSchema).min(1).max(20),
  /** Fields whose values are counted under the table. */
  breakdowns: z.array(z.string()),
});
export type ReportLayout = z.infer<typeof layoutSchema>;
const layoutsSchema = z.looseObject({ version: z.string(), reports: z.array(layoutSchema).min(1) });

/**
 * The reports of the office, as `reports/reports.json` has them.
 * @throws when the file has another shape, or names a source or a field that there is none of.
 */
export function loadReportLayouts(resourcesDir: string): readonly ReportLayout[] {
  const { reports } = layoutsSchema.parse(JSON.parse(fs.readFileSync(path.join(resourcesDir, 'reports', 'reports.json'), 'utf8')));
  for (const { id, source, columns, breakdowns } of reports) {
    const fields = SOURCES[source]?.fields;
    if (!fields) throw new Error(`report ${id}: no source ${source}`);
    const unknown = [...columns.map(({ field }) => field), ...breakdowns].find((field) => !Object.hasOwn(fields, field));
    if (unknown !== undefined) throw new Error(`report ${id}: ${source} has no field ${unknown}`);
  }
  return reports;
}
