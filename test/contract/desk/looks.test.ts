import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { reviewAct, signAct } from '../../../main/acts/index.ts';
import { dispatchChannels } from '../../../main/core/channels/dispatch-channels.ts';
import { filingChannels } from '../../../main/core/channels/filing-channels.ts';
import { officeChannels } from '../../../main/core/channels/office-channels.ts';
import { oversightChannels } from '../../../main/core/channels/oversight-channels.ts';
import { searchChannels } from '../../../main/core/channels/search-channels.ts';
import type { CoreContext } from '../../../main/core/core-context.ts';
import { finishWork, pull } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { whoSaw } from '../../../main/journal/index.ts';
import type { Session } from '../../../shared/contract/index.ts';
import type { Role } from '../../../shared/domain/role.ts';
import type { Result } from '../../../shared/result.ts';
import { arrive, arriveRegistered, must, RESOURCES, sampleOf, signInAs, trainingOffice } from '../../support/desk/training-office.ts';
import type { TrainingOffice } from '../../support/desk/training-office.ts';

const NOW = '2026-11-20T04:00:00.000Z';
const MONTH = { id: 'incoming', from: '2026-11-01', until: '2026-11-30', language: 'kk' } as const;
let office: TrainingOffice;
let [secretary, judge, head]: string[] = [];
let [filing, other, act]: string[] = [];
beforeAll(async () => {
  office = await trainingOffice({ now: NOW });
  must(await pull(office.desk));
  [secretary, judge, head] = [await signInAs(office, 'secretary'), await signInAs(office, 'judge'), await signInAs(office, 'office-head')];
  filing = await arriveRegistered(office, sampleOf(office, 'good', 'claim'), secretary);
  const { store, acts, config } = office.desk;
  const draft = store.read.get<{ id: string; sha256: string }>(
    'SELECT id, draft_sha256 AS sha256 FROM act WHERE filing_id = ? ORDER BY kind',
    filing,
  )!;
  const revision = () => store.read.get<{ revision: number }>('SELECT revision FROM act WHERE id = ?', draft.id)!.revision;
  act = draft.id;
  must(reviewAct({ store, clock: config.clock }, { id: act, sha256: draft.sha256, revision: revision(), actor: judge }));
  const signing = { actId: act, sha256: draft.sha256, revision: revision(), actor: judge };
  must(await signAct(acts, { ...signing, key: office.keyOf('judge'), display: { title: '', lines: [] } }));
  must(await finishWork(office.desk));
  other = await arrive(office, sampleOf(office, 'good', 'claim'));
});
afterAll(() => office.close());

/** The time of the window's desk, which the tests move. */
let now: number;
let context: CoreContext;
let from: number;
beforeEach(() => {
  const { desk } = office;
  now = Date.now() + 365 * 86_400_000;
  from = desk.store.journalHead().entries;
  const clock = () => new Date(now).toISOString();
  context = {
    desk: { ...desk, config: { ...desk.config, clock } },
    ...{ emit: () => {}, nudge: () => {}, syncStatus: () => ({ online: true }) },
    session: { whyLeft: () => null },
    journalLook: ({ userId: actor }: Session, action: string, subject: string) =>
      desk.store.write((tx) => tx.journal({ at: clock(), actor, action, subject, details: {} })),
  } as unknown as CoreContext;
});
const minutes = (n: number) => (now += n * 60_000);
const as = (userId: string, activeRole: Role, signedInAt = 'morning') => ({ userId, activeRole, signedInAt }) as Session;
const left = () =>
  office.desk.store.read
    .all<{ action: string; subject: string | null }>(
      "SELECT action, subject FROM journal WHERE seq > ? AND (action LIKE '%.viewed' OR action LIKE 'report.%' OR action LIKE '%-identifier')",
      from,
    )
    .map(({ action, subject }) => `${action} ${[filing, other].indexOf(subject ?? '')}`);

it('a filing that stays open is one look; opened again, in another session, after a rest or after the clock was set back it is another', () => {
  const channels = filingChannels(context);
  const open = (id: string, session = as(judge!, 'judge')) => must(channels['filing.get']({ id }, session) as never);
  for (let asked = 0; asked < 5; asked++, minutes(0.5)) open(filing!);
  expect(left()).toEqual(['filing.viewed 0']);
  void channels['filing.close']({ id: filing! }, as(judge!, 'judge'));
  open(filing!);
  expect(left()).toHaveLength(2);
  open(filing!, as(judge!, 'judge', 'afternoon'));
  expect(left()).toHaveLength(3);
  minutes(2);
  open(filing!, as(judge!, 'judge', 'afternoon'));
  expect(left()).toHaveLength(4);
  minutes(-300);
  open(filing!, as(judge!, 'judge', 'afternoon'));
  expect(left()).toHaveLength(5);
  // the window opens the next one before it has left this one
  open(other!, as(judge!, 'judge', 'afternoon'));
  void channels['filing.close']({ id: filing! }, as(judge!, 'judge', 'afternoon'));
  open(other!, as(judge!, 'judge', 'afternoon'));
  expect(left().slice(5)).toEqual(['filing.viewed 1']);
});

it('so it is with who an act went to, a case and what was found by an identifier', () => {
  const { iin } = readFiling(office.desk.store.read, filing!)!.message.parties.find((party) => party.iin)!;
  const number = readFiling(office.desk.store.read, filing!)!.caseNumber!;
  const [dispatch, search] = [dispatchChannels(context), searchChannels(context)];
  const ask = (session: Session) => {
    must(dispatch['dispatch.get']({ actId: act! }, session) as never);
    must(search['case.get']({ number }, session) as never);
    must(search['search.find']({ text: iin! }, session) as never);
  };
  const once = ['dispatch.viewed', 'case.viewed', 'filing.found-by-identifier'];
  const looks = () => once.map((action) => left().filter((line) => line === `${action} 0`).length);
  for (let asked = 0; asked < 3; asked++, minutes(0.5)) ask(as(secretary!, 'secretary'));
  expect(looks()).toEqual([1, 1, 1]);
  ask(as(secretary!, 'secretary', 'afternoon'));
  expect(looks()).toEqual([2, 2, 2]);
  minutes(2);
  ask(as(secretary!, 'secretary', 'afternoon'));
  expect(looks()).toEqual([3, 3, 3]);
});

it('a look that could not be journalled is still owed', () => {
  let full = true;
  const { journalLook } = context;
  const channels = filingChannels({
    ...context,
    journalLook: (...look) => {
      if (full) throw new Error('disk full');
      journalLook(...look);
    },
  });
  expect(() => channels['filing.get']({ id: filing! }, as(judge!, 'judge'))).toThrow('disk full');
  full = false;
  must(channels['filing.get']({ id: filing! }, as(judge!, 'judge')) as never);
  expect(left()).toEqual(['filing.viewed 0']);
});

it('a report that holds other filings than before is another look, and tells who saw them', async () => {
  const { store } = office.desk;
  now = Date.parse(office.desk.config.clock()) - 10_000;
  const channels = oversightChannels(context);
  const ask = async () => must((await channels['report.make'](MONTH, as(head!, 'office-head'))) as Result<{ total: number }>);
  const { total } = await ask();
  await ask();
  expect(left()).toEqual(['report.shown -1']);
  const come = await arrive(office, sampleOf(office, 'good', 'claim'));
  minutes(0.5);
  const { cabinetNumber } = store.read.get<{ cabinetNumber: string }>(
    'SELECT cabinet_number AS cabinetNumber FROM filing WHERE id = ?',
    come,
  )!;
  const tables = async () => {
    const { lines } = await store.snapshot((read) => whoSaw(read, RESOURCES, { person: cabinetNumber }));
    return lines.filter(({ table }) => table !== null);
  };
  expect(await tables()).toEqual([]);
  expect((await ask()).total).toBe(total + 1);
  await ask();
  expect(left()).toEqual(['report.shown -1', 'report.shown -1']);
  expect(await tables()).toMatchObject([{ actor: { id: head }, table: { report: 'incoming' } }]);
});

it('the list of what people went on in spite of is a table that was shown: who saw the filings in it is told, and of no other', async () => {
  const { store } = office.desk;
  const went = (id: string, day: string) =>
    store.write((tx) =>
      tx.run(
        `INSERT INTO finding_override (filing_id, finding, rule, severity, by_user, at, reason) VALUES (?, ?, 'document-program', 'error', ?, ?, 'x')`,
        ...[id, `document-program:${day}`, secretary!, `${day}T04:00:00.000Z`],
      ),
    );
  const channels = officeChannels(context);
  const ask = (session = as(head!, 'office-head')) => must(channels['board.overrides']({}, session) as never);
  const tablesOf = async (id: string) => {
    const { cabinetNumber } = store.read.get<{ cabinetNumber: string }>(
      'SELECT cabinet_number AS cabinetNumber FROM filing WHERE id = ?',
      id,
    )!;
    const { lines } = await store.snapshot((read) => whoSaw(read, RESOURCES, { person: cabinetNumber }));
    return lines.filter(({ seq, table }) => seq > from && table?.report === 'overrides').map(({ actor, table }) => [actor?.id, table]);
  };
  ask();
  expect(left(), 'nothing was shown').toEqual([]);
  went(filing!, '2026-11-19');
  for (let asked = 0; asked < 3; asked++, minutes(0.5)) ask();
  expect(left()).toEqual(['report.shown -1']);
  const table = { report: 'overrides', from: '2026-11-19', until: '2026-11-19' };
  expect(await tablesOf(filing!)).toEqual([[head, table]]);
  expect(await tablesOf(other!)).toEqual([]);
  went(other!, '2026-11-20');
  ask();
  expect(await tablesOf(other!)).toEqual([[head, { ...table, until: '2026-11-20' }]]);
  ask(as(head!, 'office-head', 'afternoon'));
  expect(left()).toHaveLength(3);
});
