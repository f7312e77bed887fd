import fs from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCore, type Core } from '../../../main/core/index.ts';
import { createBlobStore, openDataKey, openStore, profilePaths, type BlobStore } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { CHANNEL_NAMES, type ChannelName, type ChannelOutput } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { must, RESOURCES, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { withoutPrinter } from '../../support/desk/without-printer.ts';

/** A channel that shows, opens, saves, prints or takes out something, by its name. */
const LOOKS =
  /^report\.make$|^board\.overrides$|\.(get|open|open-.*|save|save-.*|read|find|card|pair|paper|who-saw|show|text|thumbnail|compare|notice|read-.*)$/;

/** Those that know the people and workstations of the office and no filing. */
const OF_THE_OFFICE = /^administration\./;

/** What each of them leaves in the journal, called here through the core as the window does. */
const LEAVES = {
  'filing.get': 'filing.viewed',
  'filing.pair': 'filing.compared',
  'document.open': 'document.viewed',
  'document.read': 'document.viewed',
  'document.save': 'document.saved',
  'protocol.save': 'protocol.saved',
  'search.find': 'filing.found-by-identifier',
  'search.card': 'filing.told-on-call',
  'report.make': 'report.shown',
  'report.save': 'report.exported',
  'journal.save': 'journal.exported',
  'journal.who-saw': 'journal.person-asked',
  'journal.save-seen': 'journal.person-exported',
  'administration.changes': 'journal.administration-viewed',
  'report.open-made': 'report.viewed',
  'report.save-made': 'report.exported',
  'talon.open': 'talon.viewed',
  'talon.save': 'talon.saved',
  'case.get': 'case.viewed',
  'summons.open': 'summons.viewed',
  'summons.save': 'summons.saved',
  'request.save': 'request.saved',
  'print.paper': 'paper.not-printed',
  'act.open': 'act.viewed',
  'act.open-version': 'act.viewed',
  'act.save': 'act.saved',
  'dispatch.get': 'dispatch.viewed',
  'dispatch.open-paper': 'dispatch.paper-viewed',
  'dispatch.save-paper': 'dispatch.paper-saved',
  'doctor.save': 'diagnostics.exported',
} as const satisfies Partial<Record<ChannelName, string>>;

/** Held by the test of the sync centre, for it needs two desks, and by that of looks, for it needs words in spite of findings. */
const HELD_ELSEWHERE: readonly ChannelName[] = ['sync.compare', 'board.overrides'];

/** Those that show no filing, or a part of one that is open and stands in the journal already. */
const QUIET: Readonly<Partial<Record<ChannelName, string>>> = {
  'office.get': 'the court',
  'reference.get': 'the law',
  'settings.get': 'settings',
  'session.get': 'the own session',
  'board.get': 'numbers',
  'queue.save-view': 'a view of a list',
  'act.get': 'within the filing; the act itself is opened by act.open',
  'act.text': 'within the act that is open',
  'batch.get': 'a list of acts',
  'decision.get': 'within the filing that is open',
  'draft.read': 'what the person typed',
  'proceedings.get': 'within the filing that is open',
  'document.compare': 'within the filing that is open',
  'filing.notice': 'a draft within the filing that is open',
  'paper.get': 'the own unfinished work',
  'paper.thumbnail': 'the own unfinished work',
  'torn.get': 'which document is torn off',
  'torn.open': 'opened in its window by document.open',
  'torn.show': 'opened in its window by document.open',
};

const MADE_REPORT = '01980000-0000-7000-8000-000000000001';

/** What no sample is: a request that is answered with documents, in a paper of plain text. */
const REQUEST: Parameters<TrainingOffice['submit']>[0] = {
  folder: {
    ...{ court: '9900', kind: 'minutes_request', language: 'kk' },
    parties: [{ side: 'applicant', type: 'person', iin: '870131400012', name: 'Әлия Өмірбекова' }],
    documents: [{ role: 'claim', title: 'Сұраныс', file: 'suranys.txt', signatures: [] }],
  },
  files: new Map([['suranys.txt', Buffer.from('Хаттаманың көшірмесін беруді сұраймын')]]),
};

let office: TrainingOffice;
let core: Core;
let blobs: BlobStore;
let pages: { sha256: string; size: number };
let request: string;
/** What the shell was asked to save, and whether it was there then. */
let cancelled = false;
const handed: { sha256: string; fileName: string; there: boolean }[] = [];
beforeAll(async () => {
  office = await trainingOffice({ samples: 4 });
  for (const sample of office.samples) await office.submit(sample);
  request = (await office.submit(REQUEST)).id;
  const { clock, newId } = office.desk.config;
  pages = must(await office.desk.blobs.putBytes(Buffer.from('%PDF-1.4 a month')));
  office.desk.store.write((tx) =>
    tx.run(
      `INSERT INTO made_report (id, month, report, title, language, made_at, rows, pdf_sha256, pdf_size, xlsx_sha256, xlsx_size)
       VALUES (?, '2026-01', 'incoming', 'Айлық', 'kk', ?, 1, ?, ?, ?, ?)`,
      ...[MADE_REPORT, clock(), pages.sha256, pages.size, pages.sha256, pages.size],
    ),
  );
  office.desk.close();
  const dataKey = must(openDataKey(office.profileDir, { kind: 'open' }));
  blobs = createBlobStore({ dir: profilePaths(office.profileDir).blobs, key: dataKey });
  core = must(
    await openCore(
      { profileDir: office.profileDir, resourcesDir: RESOURCES, registryUrl: null, clock, newId, version: '0.0.0', dataKey },
      {
        tokenHost: createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') })),
        shell: {
          ...withoutPrinter,
          chooseDocuments: () => Promise.resolve({ ok: true as const, value: [] }),
          publishDocument: ({ sha256 }) => Promise.resolve(`app://kense/document/${sha256.slice(0, 8)}`),
          choosePlace: (fileName) => Promise.resolve({ ok: true, value: cancelled ? null : fileName }),
          saveDocument: ({ sha256, place }) => {
            handed.push({ sha256, fileName: place, there: blobs.has(sha256) });
            return Promise.resolve({ ok: true, value: null });
          },
        },
      },
    ),
  );
});
afterAll(async () => {
  await core.close();
  await office.registry.close();
});

/** As the window calls it; of what is saved the dialog is cancelled once before. */
async function call<C extends ChannelName>(channel: C, input: object): Promise<ChannelOutput<C>> {
  const ask = async () => must((await core.call({ channel, input }, { trusted: true })) as Result<ChannelOutput<C>>);
  if (/\.save/.test(channel)) {
    cancelled = true;
    expect(await ask(), channel).toBe(false);
    cancelled = false;
  }
  return ask();
}

/** As the secretary of the session, whatever is wrong with it. */
async function register(id: string): Promise<ChannelOutput<'filing.get'>> {
  let now = await call('filing.get', { id });
  for (const { id: check } of now.checklist.filter(({ auto }) => !auto))
    now = await call('filing.mark', { id, revision: now.revision, check, value: true, page: null });
  now = await call('filing.flag', { id, revision: now.revision, defects: [{ code: 'signature', note: 'қайта' }] });
  return (await call('filing.register', { id, revision: now.revision, joinsCase: null })).filing;
}

it('every channel that shows or takes out something has its place here, and no other', () => {
  const placed = [...Object.keys(LEAVES), ...HELD_ELSEWHERE, ...Object.keys(QUIET)];
  expect(new Set(placed).size).toBe(placed.length);
  expect(placed.filter((name) => !(CHANNEL_NAMES as readonly string[]).includes(name))).toEqual([]);
  expect(CHANNEL_NAMES.filter((name) => LOOKS.test(name) && !OF_THE_OFFICE.test(name) && !placed.includes(name))).toEqual([]);
});

it('each leaves who looked at what, and for which filing', async () => {
  core.startBackground();
  await expect.poll(async () => (await call('sync.status', {})).lastSuccessAt, { timeout: 30_000 }).not.toBeNull();
  const secretary = await call('session.sign-in', { optionId: 'secretary.p12' });
  await call('sync.now', {});
  const { rows } = await call('queue.list', { view: 'all' });
  const [one, other] = rows.map(({ id }) => id).filter((id) => id !== request);
  const filing = await call('filing.get', { id: one! });
  const document = { filingId: one!, documentId: filing.documents[0]!.id };
  const iin = filing.parties.map((party) => party.iin ?? party.bin).find((number) => number !== null && number !== undefined)!;
  await call('filing.pair', { id: one!, otherId: other! });
  await call('document.open', document);
  await call('document.save', document);
  await call('protocol.save', { filingId: one!, format: 'json' });
  await call('search.find', { text: iin });
  await call('search.card', { text: filing.cabinetNumber });
  await call('doctor.save', {});

  const claim = rows.find(({ kind, id }) => kind === 'claim' && id !== one)!.id;
  const entered = await register(claim);
  await call('case.get', { number: entered.caseNumber! });
  await call('talon.open', { filingId: claim });
  await call('talon.save', { filingId: claim });
  await call('print.paper', { paper: 'talon', id: claim, silent: false });

  const summoned = { name: 'Ғани Мысалов', channel: 'post', address: null, filingId: null };
  const plan = {
    ...{ startsAt: '2030-12-03T05:00:00.000Z', place: 'Астана', room: '214', judgeId: null, mode: 'in-person', link: null },
    ...{ recordingNote: null, recipients: [summoned] },
  };
  const [hearing] = (await call('hearing.set', { filingId: claim, hearing: null, plan })).hearings;
  const ofHearing = { filingId: claim, hearingId: hearing!.id, revision: hearing!.revision };
  const [withSummons] = (await call('summons.issue', { ...ofHearing, recipients: [summoned] })).hearings;
  const summonsId = withSummons!.summonses[0]!.id;
  for (const channel of ['summons.open', 'summons.save'] as const) await call(channel, { summonsId });

  const asked = await register(request);
  await call('document.read', { filingId: request, documentId: asked.documents[0]!.id });
  const answer = { ...pages, title: 'Хаттама', fileName: 'hattama.pdf' };
  await call('request.fulfil', { filingId: request, documents: [answer], note: null });
  await call('request.save', { filingId: request, sha256: pages.sha256 });

  const judge = await call('session.sign-in', { optionId: 'judge.p12' });
  const [act] = await call('acts.list', { view: 'to-sign' });
  await call('act.open', { id: act!.id });
  await call('act.open-version', { id: act!.id, number: 1 });
  await call('act.save', { id: act!.id });
  const { revision, sha256 } = await call('act.review', { id: act!.id, revision: act!.revision, sha256: act!.sha256 });
  const key = (await call('keys.list', {})).keys.find(({ refusal }) => refusal === null)!;
  await call('act.sign', { id: act!.id, revision, sha256, keyId: key.id });
  for (let asked = 0; asked < 2; asked++) await call('dispatch.get', { actId: act!.id });
  for (const channel of ['dispatch.open-paper', 'dispatch.save-paper'] as const) await call(channel, { paper: 'original', id: act!.id });
  await call('dispatch.save-paper', { paper: 'protocol', id: act!.id });

  const head = await call('session.sign-in', { optionId: 'office-head.p12' });
  const report = { id: 'incoming', from: '2026-01-01', until: '2026-12-31', language: 'kk' };
  const sealed = () =>
    fs.readdirSync(profilePaths(office.profileDir).blobs, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  const before = sealed().length;
  for (let asked = 0; asked < 2; asked++) {
    await call('report.make', report);
    await call('report.patterns', { from: report.from, until: report.until, language: 'kk' });
  }
  await call('report.save', { ...report, format: 'csv' });
  await call('journal.save', { from: null, until: null });
  // whose journal it is
  expect((await call('journal.state', {})).desk).toBe(office.desk.profile.workstationId);
  await call('journal.who-saw', { person: iin });
  for (const before of [null, null, 1]) await call('administration.changes', { before, from: null, until: null, about: 'user' });
  await call('report.open-made', { id: MADE_REPORT });
  await call('report.save-made', { id: MADE_REPORT, format: 'xlsx' });
  for (const format of ['csv', 'xlsx', 'pdf']) await call('journal.save-seen', { person: iin, format, language: 'ru' });
  // what was made to be saved is nowhere but where it was saved
  expect(sealed()).toHaveLength(before);
  await call('session.sign-in', { optionId: 'office-head.p12' });
  await call('report.make', report);
  await core.close();
  expect(handed.filter(({ there }) => !there)).toEqual([]);
  const madeToSave = /^(protocol|kense-diagnostics|journal|who-saw|zhetkizu-hattamasy)-|\.csv$/;
  expect(handed.filter(({ fileName }) => madeToSave.test(fileName)).map(({ fileName }) => fileName)).toHaveLength(8);
  for (const { sha256, fileName } of handed) expect(blobs.has(sha256), fileName).toBe(!madeToSave.test(fileName));

  const store = must(openStore(profilePaths(office.profileDir).database, must(openDataKey(office.profileDir, { kind: 'open' }))));
  const left = store.read.all<{ actor: string | null; action: string; subject: string | null; details: string }>(
    'SELECT actor, action, subject, details FROM journal ORDER BY seq',
  );
  store.close();
  const seenBy = (channel: string): { actor: string; subject: string | null } => {
    if (/^(report|journal|administration)\./.test(channel)) return { actor: head.userId, subject: null };
    if (/^(act|dispatch)\./.test(channel)) return { actor: judge.userId, subject: claim };
    if (channel === 'request.save' || channel === 'document.read') return { actor: secretary.userId, subject: request };
    if (/^(talon|case|print|summons)\./.test(channel)) return { actor: secretary.userId, subject: claim };
    return { actor: secretary.userId, subject: channel === 'doctor.save' ? null : channel === 'filing.pair' ? other! : one! };
  };
  for (const [channel, action] of Object.entries(LEAVES))
    expect(left, channel).toContainEqual(expect.objectContaining({ action, ...seenBy(channel) }));
  // a dialog that was cancelled is no save
  expect(left.filter(({ action }) => /[.-](saved|exported)$/.test(action))).toHaveLength(handed.length);
  // what the window asks again is not another look; another version is
  expect(left.filter(({ action }) => action === 'dispatch.viewed')).toHaveLength(1);
  expect(left.filter(({ action }) => action === 'act.viewed')).toHaveLength(2);
  expect(left.filter(({ action }) => action === 'journal.administration-viewed')).toHaveLength(1);
  const shown = left
    .filter(({ action }) => action === 'report.shown')
    .map(({ details }) => (JSON.parse(details) as { report: string }).report);
  expect(shown).toEqual(['incoming', 'patterns', 'incoming']);
  for (const report of ['report.viewed', 'report.exported'])
    expect(left.filter(({ action, details }) => action === report && details.includes('"month":"2026-01"'))).toHaveLength(1);
  // the question does not put the person into the journal
  expect(left.some(({ details }) => details.includes(iin))).toBe(false);
});
