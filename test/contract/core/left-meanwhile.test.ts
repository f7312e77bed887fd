import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openCore, syncOnce, type Core } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { arrive, must, RESOURCES, sampleOf, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { withoutPrinter } from '../../support/desk/without-printer.ts';

let office: TrainingOffice;
let core: Core;
const outside: string[] = [];
/** A filing of the desk with one of its documents. */
let paper: { filingId: string; documentId: string };
/** What happens while a dialog of the system is open. */
let whileOpen: () => Promise<unknown> = () => Promise.resolve();
const call = (channel: string, input: unknown): Promise<Result<unknown>> => core.call({ channel, input }, { trusted: true });

beforeAll(async () => {
  office = await trainingOffice({ samples: 2 });
  must(await syncOnce(office.desk));
  await arrive(office, sampleOf(office, 'good', 'claim'));
  paper = office.desk.store.read.get<typeof paper>(
    'SELECT filing_id AS filingId, id AS documentId FROM document WHERE sha256 IS NOT NULL',
  )!;
  const { clock, newId } = office.desk.config;
  office.desk.close();
  core = must(
    await openCore(
      {
        ...{ profileDir: office.profileDir, dataKey: must(openDataKey(office.profileDir, { kind: 'open' })), resourcesDir: RESOURCES },
        ...{ registryUrl: null, clock, newId, version: '0.0.0' },
      },
      {
        tokenHost: createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') })),
        shell: {
          chooseDocuments: () => Promise.resolve(ok([])),
          publishDocument: () => Promise.resolve('app://kense/document/0'),
          saveDocument: () => (outside.push('saved'), Promise.resolve(ok(null))),
          ...withoutPrinter,
          choosePlace: async () => (outside.push('asked for a place'), await whileOpen(), ok('/a/place')),
          chooseModule: async () => (outside.push('asked for a module'), await whileOpen(), ok(process.execPath)),
          printDocument: (job) => (outside.push('printed'), withoutPrinter.printDocument(job)),
        },
      },
    ),
  );
});
afterAll(async () => {
  await core.close();
  await office.registry.close();
});
beforeEach(async () => {
  outside.length = 0;
  whileOpen = () => Promise.resolve();
  must(await call('session.sign-in', { optionId: 'office-head.p12' }));
});

const report = { id: 'incoming', from: '2026-11-01', until: '2026-11-30', language: 'kk' };
const person = '870131400012';
const LONG: readonly (readonly [channel: string, input: object, action: string])[] = [
  ['report.make', report, 'report.shown'],
  ['report.make', { ...report, id: 'order' }, 'report.shown'],
  ['report.patterns', { from: report.from, until: report.until, language: 'kk' }, 'report.shown'],
  ['report.save', { ...report, format: 'csv' }, 'report.exported'],
  ['report.save', { ...report, format: 'pdf' }, 'report.exported'],
  ['journal.who-saw', { person }, 'journal.person-asked'],
  ['journal.save-seen', { person, format: 'xlsx', language: 'ru' }, 'journal.person-exported'],
  ['print.paper', { paper: 'report', id: 'incoming/2026-11-01/2026-11-30/kk/', silent: true }, 'paper.not-printed'],
];
const entries = async (action: string): Promise<number> => {
  const asked = {
    from: null,
    until: null,
    actor: null,
    action,
    filingId: null,
    number: null,
    text: null,
    upTo: null,
    offset: 0,
    limit: 100,
  };
  const { lines } = must(await call('journal.list', asked)) as { lines: unknown[] };
  return lines.length;
};

it.each(LONG.flatMap((asked) => (['session.lock', 'session.sign-out'] as const).map((leaving) => [...asked, leaving] as const)))(
  '%s %j is no answer and no %s any more once the person has left by %s',
  async (channel, input, action, leaving) => {
    const before = await entries(action);
    const asked = call(channel, input);
    must(await call(leaving, {}));
    const code = leaving === 'session.lock' ? 'session-locked' : 'not-signed-in';
    expect(await asked).toMatchObject({ ok: false, error: { code } });
    expect(outside).toEqual([]);
    must(await call('session.sign-in', { optionId: 'office-head.p12' }));
    expect(await entries(action)).toBe(before);
  },
);

it('an answer to the session before is none to the next one of the same person', async () => {
  const before = await entries('journal.person-asked');
  const asked = call('journal.who-saw', { person });
  must(await call('session.sign-out', {}));
  const left = await asked;
  must(await call('session.sign-in', { optionId: 'office-head.p12' }));
  expect(left.ok).toBe(false);
  must(await call('journal.who-saw', { person }));
  expect(await entries('journal.person-asked')).toBe(before + 1);
});

const LEAVINGS = [
  ['session.lock', {}, 'session-locked'],
  ['session.sign-out', {}, 'not-signed-in'],
  ['session.use-role', { role: 'admin' }, 'role-not-allowed'],
] as const;
const HANDED: readonly (readonly [channel: string, input: () => object, action: string])[] = [
  ['report.save', () => ({ ...report, format: 'csv' }), 'report.exported'],
  ['journal.save', () => ({ from: null, until: null }), 'journal.exported'],
  ['journal.save-seen', () => ({ person, format: 'csv', language: 'kk' }), 'journal.person-exported'],
  ['document.save', () => paper, 'document.saved'],
  ['doctor.save', () => ({}), 'diagnostics.exported'],
];

it.each(HANDED.flatMap(([channel, input, action]) => LEAVINGS.map((leaving) => [channel, action, ...leaving, input] as const)))(
  '%s writes nothing and is no %s when its dialog stood open over %s %j: whoever presses its button is told %s',
  async (channel, action, leaving, how, code, input) => {
    const before = await entries(action);
    whileOpen = () => call(leaving, how);
    expect(await call(channel, input())).toMatchObject({ ok: false, error: { code } });
    expect(outside).toEqual(['asked for a place']);
    must(await call('session.sign-in', { optionId: 'office-head.p12' }));
    expect(await entries(action)).toBe(before);
    // who is still there gets it
    whileOpen = () => Promise.resolve();
    expect(await call(channel, input())).toEqual({ ok: true, value: true });
    expect(outside).toEqual(['asked for a place', 'asked for a place', 'saved']);
    expect(await entries(action)).toBe(before + 1);
  },
);

it('no module of tokens is allowed in the name of an administrator who left while its dialog stood open', async () => {
  must(await call('session.use-role', { role: 'admin' }));
  whileOpen = () => call('session.lock', {});
  expect(await call('doctor.add-module', {})).toMatchObject({ ok: false, error: { code: 'session-locked' } });
  expect(outside).toEqual(['asked for a module']);
  must(await call('session.sign-in', { optionId: 'office-head.p12' }));
  expect(await entries('token.modules-changed')).toBe(0);
});
