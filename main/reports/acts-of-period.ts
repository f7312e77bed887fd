import { listSigned } from '../dispatch/index.ts';
import { giveWay, type Reading } from '../store/index.ts';
import { instantsOf, type ReportPeriod } from './report-period.ts';

const DAY_MS = 24 * 3_600_000;
/** Acts signed in a period, oldest first, those of a day at a time. */
export async function* actsOf(read: Reading, period: ReportPeriod): AsyncGenerator<ReturnType<typeof listSigned>, void> {
  const span = instantsOf(period);
  const end = Date.parse(span.until);
  for (let from = Date.parse(span.from); from < end; from += DAY_MS) {
    yield listSigned(read, new Date(from).toISOString(), new Date(Math.min(from + DAY_MS, end)).toISOString());
    await giveWay();
  }
}
/** Kind and category of the filing that an act is on. */
export const aboutFilings = (read: Reading) => (id: string) =>
  read.get<{ filingKind: string; category: string | null }>('SELECT kind AS filingKind, category FROM filing WHERE id = ?', id) ?? {
    filingKind: null,
    category: null,
  };
