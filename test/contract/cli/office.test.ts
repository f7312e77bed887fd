import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSamples, submitSample } from '../../../main/core/index.ts';
import { runKense, startKenseRegistry } from '../../support/cli/run-kense.ts';
import { must, RESOURCES } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

const home = tempDir();
const profile = path.join(tempDir(), 'desk');
let registry: Awaited<ReturnType<typeof startKenseRegistry>>;
type Row = {
  id: string;
  cabinetNumber: string;
  kind: string;
  state: string;
  verdict: string | null;
  receivedAt: string;
  dueAt: string | null;
  incomingNumber: string | null;
  caseNumber: string | null;
};

beforeAll(async () => {
  registry = await startKenseRegistry([], home);
});
afterAll(async () => {
  registry.child.removeAllListeners('exit');
  const gone = once(registry.child, 'exit');
  registry.child.kill('SIGTERM');
  expect((await gone)[0], 'the registry stops when it is told to').toBe(0);
});

async function office(args: string[], input?: string) {
  const run = await runKense(['office', ...args, '--profile', profile, '--json'], { home, ...(input === undefined ? {} : { input }) });
  return { code: run.code, stderr: run.stderr, json: run.stdout === '' ? null : (JSON.parse(run.stdout) as unknown) };
}
const key = (name: string) => path.join(profile, 'training', 'keys', `${name}.p12`);

describe('kense office and kense cabinet', () => {
  it('refuse what a training registry must refuse: a wrong code and a real profile', async () => {
    const passphrase = path.join(tempDir(), 'passphrase');
    fs.writeFileSync(passphrase, 'a long passphrase\n');
    expect(await office(['enrol', '--registry', registry.url, '--code', 'WRONG', '--training'])).toMatchObject({
      code: 1,
      json: { error: { code: 'enrolment-code-wrong' } },
    });
    expect(
      await office(['enrol', '--registry', registry.url, '--code', registry.courts[0]!.enrolmentCode, '--passphrase-file', passphrase]),
    ).toMatchObject({ code: 1, json: { error: { code: 'registry-mode-mismatch' } } });
    expect(await office(['queue'])).toMatchObject({ code: 1, json: { error: { code: 'profile-missing' } } });
  });

  it('enrol a training desk once', async () => {
    const code = registry.courts.find((c) => c.code === '9900')!.enrolmentCode;
    expect(await office(['enrol', '--registry', registry.url, '--code', code, '--training'])).toMatchObject({
      code: 0,
      json: { court: { code: '9900' }, mode: 'training' },
    });
    expect(await office(['enrol', '--registry', registry.url, '--code', code, '--training'])).toMatchObject({
      code: 1,
      json: { error: { code: 'profile-exists' } },
    });
  });

  it('take a filing from the cabinet to the signed ruling and back to the filer', { timeout: 240_000 }, async () => {
    const [sample] = must(
      await makeSamples({ profileDir: profile, resourcesDir: RESOURCES, clock: () => new Date().toISOString(), sampleFilings: 1 }),
    );
    const dir = tempDir();
    fs.writeFileSync(path.join(dir, 'filing.json'), JSON.stringify(sample!.folder));
    for (const [name, bytes] of sample!.files) fs.writeFileSync(path.join(dir, name), bytes);
    const cabinet = (args: string[]) => runKense(['cabinet', ...args, '--registry', registry.url, '--json'], { home });
    const submitted = JSON.parse((await cabinet(['submit', dir])).stdout) as { id: string; cabinetNumber: string };
    expect(submitted).toMatchObject({
      id: expect.any(String),
      cabinetNumber: expect.stringMatching(/^\d{12}$/),
      receivedAt: expect.any(String),
    });

    expect(await office(['pull'])).toMatchObject({ code: 0, json: { arrived: 1 } });
    const rows = (await office(['queue'])).json as Row[];
    expect(rows).toMatchObject([
      {
        id: submitted.id,
        cabinetNumber: submitted.cabinetNumber,
        kind: 'claim',
        state: 'received',
        verdict: 'valid',
        incomingNumber: null,
        caseNumber: null,
      },
    ]);
    expect(rows[0]!.dueAt).not.toBeNull();
    expect(await office(['verify', submitted.id])).toMatchObject({
      code: 0,
      json: expect.arrayContaining([expect.objectContaining({ format: 'cms', overall: 'valid' })]),
    });

    const protocols = tempDir();
    for (const name of ['protocol.pdf', 'protocol.json'])
      expect(await office(['verify', submitted.id, '--protocol', path.join(protocols, name)])).toMatchObject({ code: 0 });
    expect(fs.readFileSync(path.join(protocols, 'protocol.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    expect(JSON.parse(fs.readFileSync(path.join(protocols, 'protocol.json'), 'utf8'))).toMatchObject({
      protocol: { verdict: 'valid', filing: { id: submitted.id } },
    });
    expect(await office(['verify', submitted.id, '--protocol', path.join(protocols, 'protocol.txt')])).toMatchObject({ code: 64 });
    expect(fs.readdirSync(protocols)).toEqual(['protocol.json', 'protocol.pdf']);

    expect(await office(['sign-in', '--key', key('judge'), '--pin-stdin'], '123456\n')).toMatchObject({
      code: 0,
      json: { roles: ['judge'] },
    });
    expect(await office(['register', submitted.id])).toMatchObject({ code: 1, json: { error: { code: 'role-not-allowed' } } });
    expect(await office(['sign-in', '--key', key('secretary'), '--pin-stdin'], '000000\n')).toMatchObject({
      code: 1,
      json: { error: { code: 'pin-wrong' } },
    });
    expect(await office(['sign-in', '--key', key('secretary'), '--pin-stdin'], '123456\n')).toMatchObject({
      code: 0,
      json: { roles: ['secretary'] },
    });
    const registered = await office(['register', submitted.id]);
    expect(registered).toMatchObject({
      code: 0,
      json: { state: 'with-judge', incomingNumber: expect.stringMatching(/^9900-\d\d-000001$/) },
    });
    expect(await office(['register', submitted.id]), 'a repeated request').toEqual(registered);

    const talon = path.join(tempDir(), 'talon.pdf');
    expect(await office(['talon', submitted.id, '--out', talon])).toMatchObject({ code: 0, json: { confirmed: false } });
    expect(fs.readFileSync(talon).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await cabinet(['talon', submitted.cabinetNumber, '--out', talon])).code, 'not issued before the registry has it').toBe(1);

    expect(await office(['sign-act', submitted.id, '--key', key('secretary'), '--pin-stdin'], '123456\n')).toMatchObject({
      code: 1,
      json: { error: { code: 'role-not-allowed' } },
    });
    expect(await office(['sign-act', submitted.id, '--key', key('judge'), '--pin-stdin'], '123456\n')).toMatchObject({
      code: 0,
      json: { kind: 'ruling-accept', level: 'B', state: 'signed' },
    });
    expect(await office(['sync'])).toMatchObject({ code: 0, json: { outboxLeft: 0, parked: 0 } });
    expect(await office(['status'])).toMatchObject({
      code: 0,
      json: { online: true, outboxLeft: 0, parked: 0, lastSuccessAt: expect.any(String), journal: { chain: 'ok' } },
    });
    expect(await office(['journal', 'check'])).toMatchObject({ code: 0, json: { chain: 'ok' } });

    expect(JSON.parse((await cabinet(['status', submitted.cabinetNumber])).stdout)).toMatchObject({
      state: 'accepted',
      talon: true,
      acts: [{ kind: 'ruling-accept' }],
    });
    expect((await cabinet(['talon', submitted.cabinetNumber, '--out', talon])).code).toBe(0);
    const acts = tempDir();
    expect((await cabinet(['acts', submitted.cabinetNumber, '--out', acts])).code).toBe(0);
    expect(fs.readdirSync(acts)).toHaveLength(1);
    expect((await cabinet(['status', '000000000000'])).code).toBe(1);
  });

  it('register a filing that was changed after signing with the defect marked, and draft its return', { timeout: 120_000 }, async () => {
    const samples = must(
      await makeSamples({ profileDir: profile, resourcesDir: RESOURCES, clock: () => new Date().toISOString(), sampleFilings: 12 }),
    );
    const bad = samples.find((s) => s.story === 'changed-document')!;
    const { id } = must(await submitSample(registry.url, bad, 'changed-document'));
    await office(['pull']);
    expect(await office(['register', id])).toMatchObject({ code: 0, json: { flagged: true, defects: ['signature'], state: 'with-judge' } });
    expect(await office(['sign-act', id, '--key', key('judge'), '--pin-stdin'], '123456\n')).toMatchObject({
      code: 0,
      json: { kind: 'ruling-return' },
    });
    expect(await office(['sync'])).toMatchObject({ code: 0, json: { outboxLeft: 0, parked: 0 } });
  });

  it('say what is wrong with a filing folder and send nothing', async () => {
    const submit = async (filing: string) => {
      const dir = tempDir();
      fs.writeFileSync(path.join(dir, 'filing.json'), filing);
      const run = await runKense(['cabinet', 'submit', dir, '--registry', registry.url, '--json'], { home });
      return { code: run.code, json: JSON.parse(run.stdout) as { error: { code: string } } };
    };
    const empty = { court: '9900', kind: 'claim', language: 'kk', parties: [] };
    const naming = (file: string) => JSON.stringify({ ...empty, documents: [{ role: 'claim', file, title: 'Арыз', signatures: [] }] });
    expect(await submit('{broken')).toMatchObject({ code: 65, json: { error: { code: 'input-invalid' } } });
    expect(await submit('{"court":"99"}')).toMatchObject({ code: 65, json: { error: { code: 'input-invalid' } } });
    expect(await submit(naming('nothing.pdf'))).toMatchObject({ code: 65, json: { error: { code: 'file-unreadable' } } });
    expect(await submit(naming('../../../../etc/hostname'))).toMatchObject({ code: 65, json: { error: { code: 'file-unreadable' } } });
    expect(await office(['pull'])).toMatchObject({ json: { arrived: 0 } });
  });

  it('understand no half command', { timeout: 120_000 }, async () => {
    for (const args of [['pull', 'x'], ['show'], ['journal', 'show'], ['talon', 'x'], ['sign-act', 'x'], ['dance'], []])
      expect((await office(args)).code, args.join(' ')).toBe(64);
    expect((await runKense(['office', 'queue'], { home })).code).toBe(64);
    const unreadable = path.join(tempDir(), 'nothing');
    expect((await runKense(['cabinet', 'status', '1', '--registry', registry.url, '--token-file', unreadable], { home })).code).toBe(64);
    expect((await runKense(['doctor', '--profile', profile, '--json'], { home })).code).toBe(0);
  });
});
