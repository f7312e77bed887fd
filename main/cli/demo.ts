import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startRegistry, type RunningRegistry } from '../../registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { actsOfFiling, listActs, reviewAct, signAct } from '../acts/index.ts';
import { reportsOf } from '../checking/index.ts';
import {
  compareWithRegistry,
  createProfile,
  makeSamples,
  outboxOf,
  proveUser,
  pull,
  recordSignIn,
  submitSample,
  syncOnce,
  talonTrustDir,
  type Desk,
} from '../core/index.ts';
import { listDispatches, sendAsProposed } from '../dispatch/index.ts';
import { listQueue, readDocuments, readFiling } from '../intake/index.ts';
import { registerFiling } from '../registration/index.ts';
import { profilePaths, writeFileAtomically } from '../store/index.ts';
import { cabinetAct, cabinetStatus, cabinetTalon } from '../sync/index.ts';
import { TRAINING_PIN } from '../training/index.ts';
import type { KeyRef, TokenHost } from '../token/index.ts';
import { EXIT, printFailure, printJson, UsageError, type CliIo } from './cli-io.ts';
import { openProfile } from './open-profile.ts';
import { stateFindings } from './state-findings.ts';
import { shareTalonTrust } from './talon-trust-of-user.ts';

type Office = Desk & { tokenHost: TokenHost };
type DemoReport = {
  submitted: number;
  pulled: number;
  verdicts: { valid: number; undecided: number; invalid: number };
  registered: {
    filing: string;
    cabinetNumber: string;
    incomingNumber: string;
    caseNumber: string | null;
    joinsCase: string | null;
    flagged: boolean;
    talon: string;
  }[];
  acts: { filing: string; kind: string; file: string; level: string }[];
  waiting: { filing: string; cabinetNumber: string; verdict: string | null }[];
  sync: { outboxLeft: number; registryAgrees: boolean };
  journal: { entries: number; chain: string };
  trust: string;
  seconds: number;
};

/** `kense demo`: the main job with no window and nothing outside this machine, from the filers' submission to the acts they fetch. */
export async function runDemo(argv: string[], io: CliIo): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      out: { type: 'string', default: 'out' },
      filings: { type: 'string', default: '12' },
      json: { type: 'boolean', default: false },
    },
  });
  const filings = Number(values.filings);
  if (!Number.isInteger(filings) || filings < 1 || filings > 1000) throw new UsageError('--filings is a number from 1 to 1000');
  const started = Date.now();
  const out = path.resolve(io.cwd, values.out);
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'kense-demo-'));
  const registry = await startRegistry({ database: 'embedded', dataDir: null, mode: 'training', clock: io.clock, newId: io.newId });
  try {
    const report = await play({ io, registry, filings, out, profileDir: path.join(work, 'desk') });
    if (!report.ok) return printFailure(io, report.error, values.json);
    const whole = { ...report.value, seconds: Math.round((Date.now() - started) / 100) / 10 };
    if (values.json) printJson(io, whole);
    else tell(io, whole, values.out);
    return happened(whole, filings) ? EXIT.ok : EXIT.failed;
  } finally {
    await registry.close();
    fs.rmSync(work, { recursive: true, force: true });
  }
}

type Scene = {
  readonly io: CliIo;
  readonly registry: RunningRegistry;
  readonly filings: number;
  readonly out: string;
  readonly profileDir: string;
};

async function play(scene: Scene): Promise<Result<Omit<DemoReport, 'seconds'>>> {
  const { io, registry, profileDir } = scene;
  const enrolmentCode = registry.courts[0]!.enrolmentCode;
  const profile = await createProfile({
    profileDir,
    registryUrl: registry.url,
    enrolmentCode,
    training: true,
    protector: { kind: 'open' },
    clock: io.clock,
    newId: io.newId,
  });
  if (!profile.ok) return profile;
  const samples = await makeSamples({ profileDir, resourcesDir: io.resourcesDir, clock: io.clock, sampleFilings: scene.filings });
  if (!samples.ok) return samples;
  for (const sample of samples.value) {
    const sent = await submitSample(registry.url, sample, io.newId());
    if (!sent.ok) return sent;
  }
  const opened = await openProfile(io, { profile: profileDir, 'passphrase-file': undefined, now: undefined }, () =>
    Promise.resolve({ pin: Buffer.from(TRAINING_PIN) }),
  );
  if (!opened.ok) return opened;
  const office = opened.value;
  try {
    const worked = await workTheDay(office);
    if (!worked.ok) return worked;
    return await gather(scene, office, samples.value.length);
  } finally {
    office.close();
  }
}

/** Pull and verify; the secretary registers what is clean and what has defects to mark; the judge signs; the acts go to the parties; everything goes back. */
async function workTheDay(office: Office): Promise<Result<null>> {
  const pulled = await pull(office);
  if (!pulled.ok) return pulled;
  const secretary = await signIn(office, 'secretary');
  if (!secretary.ok) return secretary;
  for (const { id } of listQueue(office.store.read, office.reference, office.config.clock(), { view: 'open' }).rows) {
    const done = decide(office, id, secretary.value.user);
    if (!done.ok) return done;
  }
  const synced = await syncOnce(office);
  if (!synced.ok) return synced;
  const signed = await signEverything(office);
  if (!signed.ok) return signed;
  const issued = await syncOnce(office);
  if (!issued.ok) return issued;
  const sent = sendEverything(office, secretary.value.user);
  if (!sent.ok) return sent;
  const again = await syncOnce(office);
  return again.ok ? ok(null) : again;
}

/** Every act that the registry holds goes to those whom the office data names. */
function sendEverything({ store, dispatch }: Office, actor: string): Result<null> {
  for (const { actId } of listDispatches(store.read, { judgeId: null, filingId: null }, 'hand').acts) {
    const sent = sendAsProposed(dispatch, { actId, actor });
    if (!sent.ok) return sent;
  }
  return ok(null);
}

async function signIn(office: Office, role: string): Promise<Result<{ user: string; key: KeyRef }>> {
  const key: KeyRef = { kind: 'pkcs12', file: path.join(profilePaths(office.config.profileDir).training, 'keys', `${role}.p12`) };
  const user = await proveUser(office, office.tokenHost, key, { title: 'Kense', lines: [] });
  if (!user.ok) return user;
  recordSignIn(office, user.value, key);
  return ok({ user: user.value.id, key });
}

/** What an experienced secretary does with a filing: an unconfirmed signature that is being retried waits; defects go to the judge with it. */
function decide(office: Office, id: string, actor: string): Result<null> {
  const filing = readFiling(office.store.read, id)!;
  if (filing.recheckAt !== null) return ok(null);
  const stopped = stateFindings(office, id, actor, null);
  if (stopped) return stopped;
  const registered = registerFiling(
    office.registration,
    { id, revision: readFiling(office.store.read, id)!.revision, actor },
    { joinsCase: null },
  );
  return registered.ok ? ok(null) : registered;
}

async function signEverything(office: Office): Promise<Result<null>> {
  const judge = await signIn(office, 'judge');
  if (!judge.ok) return judge;
  const { user: actor, key } = judge.value;
  for (const act of listActs(office.store.read, { reference: office.reference, now: office.config.clock() }, actor, 'to-sign')) {
    const seen = { id: act.id, revision: act.revision, sha256: act.sha256, actor };
    const reviewed = reviewAct({ store: office.store, clock: office.config.clock }, seen);
    if (!reviewed.ok) return reviewed;
    const display = { title: act.kind, lines: [act.caseNumber ?? act.incomingNumber] };
    const signed = await signAct(office.acts, { actId: act.id, revision: act.revision + 1, sha256: act.sha256, actor, key, display });
    if (!signed.ok) return signed;
  }
  return ok(null);
}

/** Fetches as the filers would what the registry has confirmed, and compares both sides. */
async function gather(scene: Scene, office: Office, submitted: number): Promise<Result<Omit<DemoReport, 'seconds'>>> {
  const access = { registryUrl: scene.registry.url };
  const rows = listQueue(office.store.read, office.reference, office.config.clock(), { view: 'all' }).rows.sort((a, b) =>
    a.cabinetNumber < b.cabinetNumber ? -1 : 1,
  );
  const report: Omit<DemoReport, 'seconds' | 'sync' | 'journal'> = {
    submitted,
    pulled: rows.length,
    verdicts: { valid: 0, undecided: 0, invalid: 0 },
    registered: [],
    acts: [],
    waiting: [],
    trust: 'trust',
  };
  for (const row of rows) {
    const filing = readFiling(office.store.read, row.id)!;
    if (filing.verdict === 'valid' || filing.verdict === 'undecided' || filing.verdict === 'invalid') report.verdicts[filing.verdict]++;
    const reports = readDocuments(office.store.read, row.id).flatMap((d) => reportsOf(d).map((r) => r.report));
    writeFileAtomically(path.join(scene.out, 'reports', `${row.cabinetNumber}.json`), JSON.stringify(reports, null, 1), 0o644);
    const status = await cabinetStatus(access, row.cabinetNumber);
    if (!status.ok) return status;
    if (status.value.incomingNumber === null) {
      report.waiting.push({ filing: row.id, cabinetNumber: row.cabinetNumber, verdict: filing.verdict });
      continue;
    }
    const talon = await cabinetTalon(access, row.cabinetNumber);
    if (!talon.ok) return talon;
    const file = `talons/${status.value.incomingNumber}.pdf`;
    writeFileAtomically(path.join(scene.out, file), talon.value, 0o644);
    const { incomingNumber, caseNumber, joinsCase } = status.value;
    report.registered.push({
      filing: row.id,
      cabinetNumber: row.cabinetNumber,
      incomingNumber,
      caseNumber,
      joinsCase,
      flagged: filing.flagged,
      talon: file,
    });
    const levels = new Map(
      actsOfFiling(office.store.read, { reference: office.reference, now: office.config.clock() }, row.id).map((a) => [a.id, a.level]),
    );
    for (const act of status.value.acts) {
      const bytes = await cabinetAct(access, row.cabinetNumber, act.id);
      if (!bytes.ok) return bytes;
      const actFile = `acts/${act.kind}-${status.value.incomingNumber}.pdf`;
      writeFileAtomically(path.join(scene.out, actFile), bytes.value, 0o644);
      report.acts.push({ filing: row.id, kind: act.kind, file: actFile, level: levels.get(act.id) ?? '' });
    }
  }
  const trust = talonTrustDir(scene.profileDir);
  fs.cpSync(trust, path.join(scene.out, 'trust'), { recursive: true });
  shareTalonTrust(scene.io, trust);
  const compared = await compareWithRegistry(office);
  if (!compared.ok) return compared;
  const { entries, chain } = office.store.checkJournal();
  const { waiting, parked } = outboxOf(office);
  const left = waiting + parked.length;
  if (rows.length === 0) return fail('not-found');
  return ok({
    ...report,
    sync: { outboxLeft: left, registryAgrees: compared.value.differences.length === 0 },
    journal: { entries, chain },
  });
}

/** True only if everything the report speaks of really happened. */
function happened(r: DemoReport, filings: number): boolean {
  const accounted = r.registered.length + r.waiting.length === r.pulled;
  const accepted = r.acts.some((a) => a.kind === 'ruling-accept' && a.level !== '');
  return (
    r.submitted === filings &&
    r.pulled === filings &&
    accounted &&
    accepted &&
    r.sync.outboxLeft === 0 &&
    r.sync.registryAgrees &&
    r.journal.chain === 'ok'
  );
}

function tell(io: CliIo, r: DemoReport, out: string): void {
  io.stdout(
    [
      `Submitted ${r.submitted}, pulled ${r.pulled}: valid ${r.verdicts.valid}, undecided ${r.verdicts.undecided}, invalid ${r.verdicts.invalid}.`,
      `Registered ${r.registered.length} with talons, ${r.waiting.length} wait for another check of the signature; ${r.acts.length} rulings signed and dispatched.`,
      `Waiting to be sent: ${r.sync.outboxLeft}. Registry agrees: ${r.sync.registryAgrees ? 'yes' : 'no'}. Journal: ${r.journal.entries} entries, chain ${r.journal.chain}.`,
      `Talons, acts and verification reports are in ${out}/ (${r.seconds} s).`,
      '',
    ].join('\n'),
  );
}
