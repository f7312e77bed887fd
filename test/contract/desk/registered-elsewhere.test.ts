import { afterEach, beforeEach, expect, it } from 'vitest';
import { compareWithRegistry, holdToRegister, officeReport, pull, push, type Desk } from '../../../main/core/index.ts';
import { readLedger } from '../../../main/fairness/index.ts';
import { listQueue, readFiling } from '../../../main/intake/index.ts';
import { readBoard, readWorkload } from '../../../main/office/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import { numberStock } from '../../../main/sync/index.ts';
import { courtDayOf } from '../../../shared/domain/court-day.ts';
import { sharedCourt, type CourtDesk, type SharedCourt } from '../../support/desk/shared-court.ts';
import { must } from '../../support/desk/training-office.ts';

const WINDOW = { clockOff: 0, sharesQueue: true };

let court: SharedCourt;
let [a, b, late]: [CourtDesk, CourtDesk, CourtDesk] = [] as never;
let secretary: string;
beforeEach(async () => {
  court = await sharedCourt([WINDOW, WINDOW, { clockOff: 0, sharesQueue: false }]);
  [a, b, late] = court.desks as [CourtDesk, CourtDesk, CourtDesk];
  secretary = court.userOf('secretary');
});
afterEach(() => court.close());

const nameAt = ({ store }: Desk, id: string) => store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', id)!.name;
/** What a desk says of who has registered how many. */
async function saidAt(desk: Desk) {
  const { store, reference, config } = desk;
  const now = config.clock();
  const { people } = readWorkload(store.read, [], now);
  const span = { from: new Date(Date.parse(now) - 86_400_000).toISOString(), until: now };
  const today = courtDayOf(now);
  const report = must(await officeReport(desk, { id: 'workload', from: today, until: today, language: 'kk' }));
  const ledger = await store.snapshot((read) => readLedger(read, reference, { span, now }));
  return {
    done: people.filter(({ doneToday }) => doneToday > 0).map(({ id, doneToday }) => [id, doneToday]),
    own: readBoard(store.read, reference, now, { kind: 'own', me: secretary }, 'today').registeredToday,
    listed: listQueue(store.read, reference, now, { view: 'registered', filter: { registeredBy: secretary } }).rows.map(({ id }) => id),
    ledger: ledger.registered.map(({ filingId, person }) => [filingId, person]),
    report: report.rows.map((row) => row.map(({ text }) => text)).filter((row) => row[1] !== '0'),
  };
}

it('who registered a filing is known at every desk of the court, also at one that comes later, and it stays the work of the desk that did it', async () => {
  const ids = [await court.submit(), await court.submit()];
  for (const { desk } of [a, b]) must(await pull(desk));
  const [id] = ids as [string, string];
  const [mine, theirs] = (await holdToRegister(b.desk, id, secretary)).ok ? [b.desk, a.desk] : [a.desk, b.desk];
  must(await holdToRegister(mine, id, secretary));
  const seen = () => ({ id, revision: readFiling(mine.store.read, id)!.revision, actor: secretary });
  must(flagFiling(mine.registration, seen(), [{ code: 'signature', note: null }]));
  must(registerFiling(mine.registration, seen(), { joinsCase: null }));
  expect(readFiling(theirs.store.read, id)!.registeredBy).toBeNull();
  must(await push(mine));
  for (const desk of [theirs, late.desk]) must(await pull(desk));
  court.pass(1);

  const expected = {
    ...{ done: [[secretary, 1]], own: 1, listed: [id], ledger: [[id, nameAt(mine, secretary)]] },
    report: [expect.arrayContaining([nameAt(mine, secretary), '1'])],
  };
  for (const desk of [mine, theirs, late.desk]) expect(await saidAt(desk)).toEqual(expected);

  // it is still the other desk's: no talon, nothing to send, nothing that its own numbers were used for
  for (const desk of [theirs, late.desk]) {
    expect(readFiling(desk.store.read, id)!.registeredBy).toBe(secretary);
    expect(desk.store.read.all('SELECT 1 FROM talon UNION ALL SELECT 1 FROM outbox')).toEqual([]);
    expect(must(await compareWithRegistry(desk)).differences.filter(({ fact }) => fact !== 'not-at-the-desk')).toEqual([]);
    const year = desk.config.clock().slice(2, 4);
    expect(numberStock(desk.store.read, year, desk.config.clock()).every(({ days }) => days === null)).toBe(true);
  }
  // nothing of it is known of the one that nobody has registered
  expect(readFiling(theirs.store.read, ids[1]!)!.registeredBy).toBeNull();
});
