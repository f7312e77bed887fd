import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readBatch, resumeBatch, signAct, startBatch, type BatchRun } from '../../../main/acts/index.ts';
import { changeNcaLayer } from '../../../main/core/index.ts';
import { listSigningKeys, signingKey } from '../../../main/core/signing-keys.ts';
import { verifyFile } from '../../../main/signature/index.ts';
import { profilePaths } from '../../../main/store/index.ts';
import { NCALAYER_URL } from '../../../main/token/index.ts';
import { parseTrainingKit } from '../../../main/training/index.ts';
import type { Batch } from '../../../shared/contract/index.ts';
import { actsToSign, readAll } from '../../support/desk/acts-to-sign.ts';
import { runKense } from '../../support/cli/run-kense.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { userOf, type ActToRead } from '../../support/desk/office-work.ts';
import { must, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import type { Certificate } from '../../support/openssl-pki.ts';
import { CANCELLED, CUT, signsBy, startNcaLayer, type NcaLayerDouble } from '../../support/token/ncalayer-double.ts';

const SIZE = 3;
let office: TrainingOffice;
let judge: string;
let own: Certificate;
let secretary: Certificate;
let program: NcaLayerDouble;
let left: ActToRead[];
let acts: ActToRead[];

beforeAll(async () => {
  program = await startNcaLayer(() => null);
  office = await trainingOffice({ samples: 12 });
  left = await actsToSign(office, 4 * SIZE);
  judge = userOf(office.desk, 'judge')!;
  own = holderOf('judge');
  secretary = holderOf('secretary');
  const { url } = program.place;
  must(changeNcaLayer(office.desk.store, { url, certificate: program.certificate, at: office.desk.config.clock(), actor: null }));
  await office.reopen();
}, 240_000);
afterAll(async () => {
  await office.close();
  await program.close();
});
beforeEach(() => {
  acts = left.splice(0, SIZE);
  readAll(office.desk, acts);
  program.answer = signsBy(own);
  program.requests.length = 0;
});
let restart: (() => Promise<void>) | null = null;
afterEach(async () => {
  await restart?.();
  restart = null;
});

/** Certificate and key of an official of the kit, as files for OpenSSL. */
function holderOf(role: string): Certificate {
  const kit = parseTrainingKit(JSON.parse(fs.readFileSync(path.join(profilePaths(office.profileDir).training, 'kit.json'), 'utf8')))!;
  const { certificate, privateKey } = kit.officials.find((official) => official.role === role)!;
  const file = (end: string, text: string) => {
    const name = path.join(office.profileDir, `${role}.${end}`);
    fs.writeFileSync(name, text);
    return name;
  };
  return { pem: file('pem', certificate), key: file('key', privateKey), der: new X509Certificate(certificate).raw, subject: role };
}

const offered = async () => {
  const { keys } = await listSigningKeys(office.desk, office.desk.acts.tokenHost, judge);
  return keys.filter(({ kind }) => kind === 'ncalayer');
};
async function run(more: Partial<BatchRun> = {}): Promise<BatchRun> {
  const [key] = await offered();
  const { ref, choice } = must(await signingKey(office.desk, office.desk.acts.tokenHost, judge, key!.id));
  return {
    key: ref,
    place: choice.label,
    certificate: choice.certificate,
    actor: judge,
    display: () => ({ title: '', lines: [] }),
    ...more,
  };
}
const states = ({ items }: Batch) => items.map(({ state, failure }) => failure?.code ?? state);
const actRow = (id: string) =>
  office.desk.store.read.get<{ state: string; sha256: string | null }>('SELECT state, signed_sha256 AS sha256 FROM act WHERE id = ?', id)!;

describe('a judge whose key is behind NCALayer', () => {
  it('is offered each listed certificate while the program runs, and none when it does not', async () => {
    const keys = await offered();
    const { raw } = new X509Certificate(own.der);
    expect(keys).toMatchObject([
      {
        label: 'NCALayer',
        owner: expect.any(String),
        roles: ['judge'],
        asksEachTime: true,
        onReader: false,
        tries: 'first',
        refusal: null,
      },
    ]);
    expect(keys[0]!.certificate).toBe(new X509Certificate(raw).fingerprint256.replaceAll(':', '').toLowerCase());
    expect(program.requests).toEqual([]);

    const port = Number(new URL(program.place.url).port);
    await program.close();
    expect(await offered()).toEqual([]);
    restart = async () => {
      const again = await startNcaLayer(signsBy(own), { port });
      program = again;
      const { url } = again.place;
      must(changeNcaLayer(office.desk.store, { url, certificate: again.certificate, at: office.desk.config.clock(), actor: null }));
      await office.reopen();
    };
  });

  it('signs one act, and it is valid to our verifier', async () => {
    const [act] = acts;
    const { key } = await run();
    const revision = office.desk.store.read.get<{ revision: number }>('SELECT revision FROM act WHERE id = ?', act!.id)!.revision;
    const request = { actId: act!.id, revision, sha256: act!.sha256, actor: judge, key, display: { title: '', lines: [] } };
    program.answer = signsBy(secretary);
    expect(await signAct(office.desk.acts, request)).toMatchObject({ error: { code: 'ncalayer-other-key' } });
    expect(actRow(act!.id).state).toBe('draft');
    program.answer = signsBy(own);
    const signed = must(await signAct(office.desk.acts, { ...request, language: 'ru' }));
    expect(program.requests.map(({ args }) => args.locale)).toEqual(['kk', 'ru']);
    const bytes = (await office.desk.blobs.readAll(signed.sha256, 1 << 24))!;
    const { trust, policy, config } = office.desk;
    const verified = must(await verifyFile({ file: 'a.pdf', bytes, content: null, trust: await trust(), policy, at: config.clock() }));
    expect(verified.report.signatures).toMatchObject([{ verdict: 'valid', covers: 'whole' }]);
  });

  it('signs a batch, one message for each act, under the one certificate', async () => {
    const done = must(await startBatch(office.desk.batches, await run(), acts));
    expect([done.state, states(done), done.keyPlace]).toEqual(['done', Array(SIZE).fill('signed'), 'NCALayer']);
    expect(program.requests).toHaveLength(SIZE);
    expect(new Set(program.requests.map(({ args }) => args.data)).size).toBe(SIZE);
    expect(done.certificate?.sha256).toBe((await offered())[0]!.certificate);
  });

  it('stops a batch at the first failure there and goes on with the rest alone', async () => {
    const signing = signsBy(own);
    program.answer = (request, content) => (program.requests.length === 2 ? CANCELLED : signing(request, content));
    const stopped = must(await startBatch(office.desk.batches, await run(), acts));
    expect([stopped.stop?.code, states(stopped)]).toEqual(['ncalayer-cancelled', ['signed', 'ncalayer-cancelled', 'not-tried']]);
    expect(acts.map(({ id }) => actRow(id).state)).toEqual(['signed', 'draft', 'draft']);
    program.answer = () => CUT;
    expect(must(await resumeBatch(office.desk.batches, await run(), stopped.id)).stop?.code).toBe('ncalayer-stopped');
    program.answer = signsBy(secretary);
    expect(must(await resumeBatch(office.desk.batches, await run(), stopped.id)).stop?.code).toBe('ncalayer-other-key');
    program.answer = signsBy(own);
    program.requests.length = 0;
    const done = must(await resumeBatch(office.desk.batches, await run(), stopped.id));
    expect([states(done), program.requests.length]).toEqual([Array(SIZE).fill('signed'), 2]);
    expect(readBatch(office.desk.store.read, judge, done.id)?.state).toBe('done');
  });
});

describe('kense doctor', () => {
  const step = async () => {
    const { stdout } = await runKense(['doctor', '--profile', office.profileDir, '--json'], { home: tempDir() });
    return (JSON.parse(stdout) as { step: string }[]).find(({ step }) => step === 'ncalayer');
  };
  it('says whether NCALayer is running, and minds it only when something else is in its place', async () => {
    const { url } = program.place;
    const say = (certificate: string | null) =>
      must(changeNcaLayer(office.desk.store, { url, certificate, at: office.desk.config.clock(), actor: null }));
    expect(await step()).toMatchObject({ ok: true, detail: `running at ${url}`, fix: null });
    say(null);
    expect(await step()).toMatchObject({ ok: false, detail: 'ncalayer-untrusted', fix: expect.stringContaining('trust list') });
    await program.close();
    expect(await step()).toMatchObject({ ok: true, detail: 'not running', fix: expect.stringContaining('Start NCALayer') });
    expect(program.requests).toEqual([]);
  });
});

describe('where NCALayer is on a desk', () => {
  it('is on this computer, by an address and a certificate that an official names, and is journalled', () => {
    const { store, config } = office.desk;
    const say = (url: string, certificate: string | null = null) =>
      changeNcaLayer(store, { url, certificate, at: config.clock(), actor: null });
    expect(say('wss://10.0.0.7:13579')).toMatchObject({ error: { code: 'input-invalid' } });
    expect(say(NCALAYER_URL, 'no certificate')).toMatchObject({ error: { code: 'certificate-unfit' } });
    expect(must(say(NCALAYER_URL))).toEqual({ url: NCALAYER_URL, certificate: null });
    const entry = store.read.get<{ details: string }>(
      "SELECT details FROM journal WHERE action = 'token.ncalayer-changed' ORDER BY seq DESC LIMIT 1",
    );
    expect(JSON.parse(entry!.details)).toEqual({ url: NCALAYER_URL, certificate: '' });
  });
});
