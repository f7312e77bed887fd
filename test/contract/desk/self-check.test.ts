import fs from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkedDesk, checkParts, openCore, pull, type Core } from '../../../main/core/index.ts';
import { packDiagnostics, runCheck, runChecks, type CheckedDesk, type CheckParts, type Finding } from '../../../main/self-check/index.ts';
import { readCrlOnce } from '../../../main/signature/index.ts';
import { createBlobStore, openDataKey, profilePaths } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { CHECK_STEPS } from '../../../shared/domain/self-check.ts';
import { fail, ok } from '../../../shared/result.ts';
import { runKense } from '../../support/cli/run-kense.ts';
import { editDatabase } from '../../support/desk/edit-database.ts';
import { arrive, must, RESOURCES, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { withoutPrinter } from '../../support/desk/without-printer.ts';
import { startEvidenceServer } from '../../support/evidence-server.ts';
import { CA_EXTENSIONS, daysFromNow, issue, issueCrl } from '../../support/openssl-pki.ts';
import { fillDisk, smallDisk } from '../../support/small-disk.ts';
import { tempDir } from '../../support/temp-dir.ts';

type Issuer = ReturnType<typeof issue>;
let office: TrainingOffice;
beforeAll(async () => {
  office = await trainingOffice();
  for (const sample of office.samples) await arrive(office, sample);
});
afterAll(() => office.close());

const parts = (over: Partial<CheckParts> = {}, desk: Partial<CheckedDesk> = {}): CheckParts =>
  checkParts({
    ...{ resourcesDir: RESOURCES, clock: office.desk.config.clock, version: '0.0.0', dir: office.profileDir },
    ...{ tokenHost: createTokenHost(() => Promise.resolve(null)), printers: null, printer: null },
    desk: { ...checkedDesk(office.desk), scanners: { list: () => Promise.resolve(ok([])) }, ...desk },
    freeBytes: () => Promise.resolve(2 ** 40),
    ...over,
  });

describe('the self-check', () => {
  it('looks at every step of the list, and finds a new training desk in order', async () => {
    const findings = await runChecks(parts());
    expect(findings.map(({ step }) => step)).toEqual(CHECK_STEPS);
    expect(findings.filter(({ state }) => state === 'not-ok')).toEqual([]);
    const states = Object.fromEntries(findings.map(({ step, state }) => [step, state]));
    expect(states).toMatchObject({ fonts: 'ok', database: 'ok', journal: 'ok', registry: 'ok', clock: 'ok', trust: 'ok', crl: 'ok' });
    expect(states).toMatchObject({ tsp: 'not-applicable', printer: 'not-applicable', scanner: 'not-applicable' });
  });

  it('looks at the machine alone where there is no profile', async () => {
    const steps = (await runChecks(parts({ desk: null }))).map(({ step }) => step);
    expect(steps).toEqual([
      'runtime',
      'database-module',
      'fonts',
      'disk',
      'driver',
      'reader',
      'tokens',
      'certificate',
      'ncalayer',
      'printer',
    ]);
  });

  it('gives a step that does not answer up, and one that falls too', async () => {
    const silent = parts({ limitsMs: { scanner: 20 } }, { scanners: { list: () => new Promise(() => undefined) } });
    expect(await runCheck('scanner', silent)).toMatchObject({ state: 'not-ok', reason: 'too-slow' });
    const falling = parts({ freeBytes: () => Promise.reject(Object.assign(new Error('of Мысалов'), { code: 'EIO' })) });
    expect(await runCheck('disk', falling)).toMatchObject({ state: 'not-ok', reason: 'unexpected', detail: 'EIO' });
  });

  it('says that the registry does not answer, and compares no clock then', async () => {
    const gone = parts({}, { registry: { health: () => Promise.resolve(fail('registry-unreachable')) } });
    expect(await runCheck('registry', gone)).toMatchObject({ state: 'not-ok', reason: 'registry-unreachable' });
    expect(await runCheck('registry', parts({}, { mode: 'real' }))).toMatchObject({
      state: 'not-ok',
      reason: 'registry-mode-mismatch',
      facts: { mode: 'training' },
    });
    expect(await runCheck('clock', gone)).toMatchObject({ state: 'not-applicable', reason: 'no-registry' });
  });

  it('minds a clock that was put back, and a certificate that soon ends', async () => {
    const at = (ms: number) => parts({ clock: () => new Date(Date.parse(office.desk.config.clock()) + ms).toISOString() });
    expect(await runCheck('clock', at(-90_000))).toMatchObject({ state: 'not-ok', reason: 'clock-off' });
    expect(await runCheck('clock', at(30_000))).toMatchObject({ state: 'ok' });
    expect(await runCheck('certificate', at(0))).toMatchObject({ state: 'ok' });
    expect(await runCheck('certificate', at(50 * 365 * 86_400_000))).toMatchObject({ state: 'not-ok', reason: 'certificate-over' });
  });

  it('minds a remembered printer that is gone, and no printer at all never', async () => {
    const printing = (printer: string | null, ...names: string[]) =>
      runCheck('printer', parts({ printer, printers: () => Promise.resolve(names.map((name) => ({ name }))) }));
    expect(await printing('office', 'office')).toMatchObject({ state: 'ok' });
    expect(await printing('office', 'hall')).toMatchObject({ state: 'not-ok', reason: 'printer-gone' });
    expect(await printing(null)).toMatchObject({ state: 'not-applicable', reason: 'no-printer' });
  });

  it('minds a data key that lies open in a real profile', async () => {
    expect(await runCheck('key-store', parts({}, { mode: 'real' }))).toMatchObject({ state: 'not-ok', reason: 'key-open' });
  });

  it('asks an allowed responder, and never one that is not on the list', async () => {
    const server = await startEvidenceServer();
    const authority = issue({ subject: '/CN=TRAINING AUTHORITY/C=KZ', extensions: CA_EXTENSIONS });
    const named = issue({
      subject: '/CN=TRAINING SIGNER/C=KZ',
      issuer: authority,
      extensions: ['keyUsage=critical,digitalSignature', `authorityInfoAccess=OCSP;URI:${server.url('/ocsp')}`],
    });
    const trust = () => Promise.resolve({ anchors: [authority.der], certs: [], crls: [], ocsp: [] });
    const looked = await runCheck('ocsp', parts({}, { trust, courtCertificate: named.der }));
    expect(looked).toMatchObject({ state: 'not-applicable', reason: 'host-not-allowed' });
    expect(server.asked).toEqual([]);
    const evidence = (outcome: 'fetched' | 'timed-out') => ({
      ...office.desk.evidence,
      inquire: () => ({
        attempts: [{ kind: 'ocsp' as const, certificate: '', address: '', outcome: outcome as 'fetched' }],
        gather: () => Promise.resolve({ certs: [], crls: [], ocsp: [] }),
      }),
    });
    const asked = (outcome: 'fetched' | 'timed-out') =>
      runCheck('ocsp', parts({}, { trust, courtCertificate: named.der, evidence: evidence(outcome) }));
    expect(await asked('fetched')).toMatchObject({ state: 'ok' });
    expect(await asked('timed-out')).toMatchObject({ state: 'not-ok', reason: 'ocsp-silent' });
  });

  it('looks at one step alone when one is named, with a profile and without', async () => {
    const home = tempDir();
    const steps = async (...args: string[]) => {
      const { code, stdout } = await runKense(['doctor', ...args, '--json'], { home });
      return [
        code,
        stdout === '' ? null : (JSON.parse(stdout) as { step: string; state: string }[]).map(({ step, state }) => [step, state]),
      ];
    };
    expect(await steps('--profile', office.profileDir, '--step', 'database')).toEqual([0, [['database', 'ok']]]);
    expect(await steps('--step', 'fonts')).toEqual([0, [['fonts', 'ok']]]);
    expect(await steps('--step', 'database')).toEqual([0, [['database', 'not-applicable']]]);
    expect(await steps('--step', 'everything')).toEqual([64, null]);
  });

  it('minds each issuer of revocation lists by its newest one, and says when there is none', async () => {
    const [one, other] = ['ONE', 'OTHER'].map((name) => issue({ subject: `/CN=TRAINING ${name}/C=KZ`, extensions: CA_EXTENSIONS })) as [
      Issuer,
      Issuer,
    ];
    const fresh = (issuer: Issuer) => issueCrl(issuer);
    const stale = (issuer: Issuer) => issueCrl(issuer, { from: daysFromNow(-3), to: daysFromNow(-2) });
    const looked = (installed: readonly Uint8Array[], fetched: readonly Uint8Array[]) => {
      const installedLists = tempDir();
      for (const [place, list] of installed.entries()) fs.writeFileSync(path.join(installedLists, `${place}.crl`), list);
      const lists = () => Promise.resolve(fetched.map((bytes) => ({ url: '', fetchedAt: '', list: readCrlOnce(bytes)! })));
      return runCheck('crl', parts({}, { installedLists, evidence: { ...office.desk.evidence, lists } }));
    };
    const outOfDate = { state: 'not-ok', reason: 'crl-stale', facts: { issuersOutOfDate: 1 } };
    expect(await looked([], [])).toMatchObject({ state: 'not-applicable', reason: 'no-lists' });
    expect(await looked([], [stale(one)])).toMatchObject(outOfDate);
    expect(await looked([stale(one)], [fresh(other)])).toMatchObject(outOfDate);
    expect(await looked([fresh(other)], [stale(one)])).toMatchObject(outOfDate);
    expect(await looked([stale(one)], [fresh(one)])).toMatchObject({ state: 'ok', facts: { outOfDate: 1 } });
    expect(await looked([fresh(other)], [stale(one), fresh(one)])).toMatchObject({ state: 'ok' });
  });

  it('is what kense doctor prints, each step with ok, detail and fix', async () => {
    const { stdout } = await runKense(['doctor', '--profile', office.profileDir, '--json'], { home: tempDir() });
    const steps = JSON.parse(stdout) as { step: string; ok: boolean; state: string; detail: string; fix: string | null }[];
    expect(steps.map(({ step }) => step)).toEqual(CHECK_STEPS);
    for (const { ok: good, state, fix } of steps) {
      expect(good).toBe(state !== 'not-ok');
      if (state === 'not-ok') expect(fix).toEqual(expect.any(String));
      if (state === 'ok') expect(fix).toBeNull();
    }
  });
});

type Saved = { readonly sha256: string; readonly fileName: string; readonly bytes: Uint8Array };
const blobsOf = ({ profileDir }: TrainingOffice) =>
  createBlobStore({ dir: profilePaths(profileDir).blobs, key: must(openDataKey(profileDir, { kind: 'open' })) });

/** Opens the core of a training desk; what is saved lands in `saved`. */
async function coreOf(of: TrainingOffice, saved: Saved[] = []): Promise<Core> {
  const { clock, newId } = of.desk.config;
  const dataKey = must(openDataKey(of.profileDir, { kind: 'open' }));
  const core = must(
    await openCore(
      { profileDir: of.profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: null, clock, newId, version: '0.0.0' },
      {
        tokenHost: createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') })),
        shell: {
          ...withoutPrinter,
          chooseDocuments: () => Promise.resolve(ok([])),
          publishDocument: () => Promise.resolve(''),
          saveDocument: async ({ sha256, place }) => {
            saved.push({ sha256, fileName: place, bytes: (await blobsOf(of).readAll(sha256, 10_000_000))! });
            return ok(null);
          },
        },
      },
    ),
  );
  must(await core.call({ channel: 'session.sign-in', input: { optionId: 'secretary.p12' } }, { trusted: true }));
  return core;
}

describe('the diagnostics file', () => {
  it('tells of each step when it was looked at, also where that was long before it is saved', () => {
    const finding = { step: 'disk', state: 'ok', reason: null, facts: {}, detail: '', tookMs: 1 } as unknown as Finding;
    const [early, late] = ['2026-03-02T04:00:00.000Z', '2026-03-02T09:00:00.000Z'];
    const packed = packDiagnostics({ at: late, findings: [{ ...finding, at: early }], read: office.desk.store.read, faults: [] });
    const told = JSON.parse(strFromU8(unzipSync(packed)['self-check.json']!)) as { at: string; findings: { at: string }[] };
    expect([told.at, told.findings.map(({ at }) => at)]).toEqual([late, [early]]);
  });

  it('holds results, counts and events, and nothing of the people, numbers and places of the desk', async () => {
    await signInAs(office, 'secretary');
    const saved: Saved[] = [];
    const core = await coreOf(office, saved);
    try {
      expect(must(await core.call({ channel: 'doctor.save', input: {} }, { trusted: true }))).toBe(true);
    } finally {
      await core.close();
    }
    const [{ sha256, fileName, bytes }] = saved as [Saved];
    expect(fileName).toMatch(/^kense-diagnostics-\d{4}-\d\d-\d\d\.zip$/);
    // it is nowhere but where it was saved
    expect(blobsOf(office).has(sha256)).toBe(false);
    const desk = await office.reopen();
    const files = unzipSync(bytes);
    expect(Object.keys(files).sort()).toEqual(['counts.json', 'events.txt', 'faults.txt', 'self-check.json']);
    const text = Object.values(files)
      .map((bytes) => strFromU8(bytes))
      .join('\n');
    expect(JSON.parse(strFromU8(files['counts.json']!))).toMatchObject({ filing: office.samples.length });
    expect(text).toContain('session.signed-in');

    const { read } = desk.store;
    const column = (sql: string) => read.all<{ v: string | null }>(sql).flatMap(({ v }) => (v === null ? [] : [v]));
    const secrets = [
      ...column('SELECT name AS v FROM app_user'),
      ...column('SELECT id AS v FROM app_user'),
      ...column('SELECT id AS v FROM filing'),
      ...column('SELECT cabinet_number AS v FROM filing'),
      ...column("SELECT json_extract(p.value, '$.name') AS v FROM filing, json_each(filing.message, '$.parties') AS p"),
      ...column("SELECT json_extract(p.value, '$.iin') AS v FROM filing, json_each(filing.message, '$.parties') AS p"),
      ...column("SELECT json_extract(p.value, '$.bin') AS v FROM filing, json_each(filing.message, '$.parties') AS p"),
      ...column("SELECT json_extract(p.value, '$.address') AS v FROM filing, json_each(filing.message, '$.parties') AS p"),
      ...column('SELECT title AS v FROM document'),
      ...column('SELECT file_name AS v FROM document'),
      ...['123456', desk.profile.workstationId, office.profileDir, path.basename(path.dirname(office.profileDir)), office.registry.url],
    ];
    expect(secrets.length).toBeGreaterThan(100);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    for (const word of secrets.flatMap((secret) => secret.split(/[\s«»,.:/]+/)).filter((w) => /^\p{Lu}\p{L}{3,}$/u.test(w)))
      expect(text).not.toContain(word);
    expect(text).not.toMatch(/\b\d{12}\b/);
  });
});

const disk = smallDisk(40);
describe.skipIf(disk === null)('a disk with 10 MB left', () => {
  let free: () => void = () => undefined;
  afterEach(() => free());

  it('is told of in plain words while everything still works', async () => {
    const small = await trainingOffice({ dir: disk! });
    must(await pull(small.desk));
    small.desk.close();
    const core = await coreOf(small);
    try {
      const ask = (channel: string, input: object = {}) => core.call({ channel, input }, { trusted: true });
      free = fillDisk(disk!, 10_000_000);
      expect(must(await ask('doctor.room'))).toEqual({ freeMiB: 9, low: true });
      expect(must(await ask('doctor.run', { step: 'disk' }))).toMatchObject({ state: 'not-ok', reason: 'disk-low', facts: { freeMiB: 9 } });
      expect(must(await ask('settings.set', { density: 'large' }))).toMatchObject({ density: 'large' });
    } finally {
      await core.close();
      await small.registry.close();
    }
  });
});

describe('a journal that was changed', () => {
  it('is found, with the first entry that does not follow', async () => {
    editDatabase(office.profileDir, (db) => db.exec("UPDATE journal SET action = 'x' WHERE seq = 2"));
    expect(await runCheck('journal', parts())).toMatchObject({ state: 'not-ok', reason: 'journal-broken', facts: { brokenAt: 2 } });
  });
});
