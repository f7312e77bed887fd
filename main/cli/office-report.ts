import path from 'node:path';
import { REPORT_FORMATS } from '../../shared/domain/oversight.ts';
import { ok, type Result } from '../../shared/result.ts';
import { noteReportTaken, officeReport, reportFile, type ReportFormat, type User } from '../core/index.ts';
import { writeFileAtomically } from '../store/index.ts';
import { UsageError } from './cli-io.ts';
import { dayOption } from './day-option.ts';
import type { OfficeCall } from './office-call.ts';

/** `office report NAME --from DAY --until DAY [--language kk|ru] [--by FIELD] [--out FILE.csv|.xlsx|.pdf]`: the counts, and with `--out` the table as a file. */
export async function report(call: OfficeCall, user: User): Promise<Result<unknown>> {
  const { io, desk, id, values } = call;
  const language = values.language ?? 'kk';
  if (language !== 'kk' && language !== 'ru') throw new UsageError('--language is kk or ru');
  const format = values.out === undefined ? null : formatOf(values.out);
  const made = await officeReport(desk, {
    id,
    from: dayOption(values.from, '--from'),
    until: dayOption(values.until, '--until'),
    language,
    by: values.by,
  });
  if (!made.ok) return made;
  const { title, period, asOf, rows, sums, breakdowns } = made.value;
  const answer = { id, title, period, asOf, rows: rows.length, sums, breakdowns };
  if (format === null) return ok(answer);
  const file = await reportFile(desk, made.value, { format, actor: user.id });
  if (!file.ok) return file;
  noteReportTaken(desk, made.value, { format, actor: user.id });
  writeFileAtomically(path.resolve(io.cwd, values.out!), file.value.bytes);
  return ok({ ...answer, file: values.out });
}

function formatOf(file: string): ReportFormat {
  const ending = path.extname(file).slice(1).toLowerCase();
  const format = REPORT_FORMATS.find((known) => known === ending);
  if (!format) throw new UsageError('--out needs a file that ends in .csv, .xlsx or .pdf');
  return format;
}
