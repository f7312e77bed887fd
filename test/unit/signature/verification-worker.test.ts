import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  contentFromBytes,
  contentFromFile,
  contentFromStream,
  createVerificationWorker,
  verifyFile,
  type VerifyInput,
} from '../../../main/signature/index.ts';
import { AT, signCms, standardHierarchy, writeTemporary } from '../../support/openssl-pki.ts';
import { policyNamed, standardTrust } from '../../support/verify-signature.ts';

const ENTRY = path.resolve(import.meta.dirname, '../../../main/signature/worker/process.ts');
const worker = createVerificationWorker(ENTRY);
afterAll(() => worker.close());

const content = randomBytes(300_000);
const { person, authority } = standardHierarchy();
const cms = signCms({ content, signers: [person] });
const plain = signCms({ content, signers: [person], args: ['-noattr'], plain: true });
const trust = standardTrust();
const policy = await policyNamed('kz-incoming');
const input = (more: Partial<VerifyInput> = {}): VerifyInput => ({
  file: 'x.p7s',
  bytes: cms,
  content: contentFromBytes(content),
  trust,
  policy,
  at: AT,
  ...more,
});
const inPieces = contentFromStream(async function* () {
  for (let at = 0; at < content.length; at += 64 * 1024) yield content.subarray(at, at + 64 * 1024);
});

/** The thread is started from source; in the window it is started from what was built, which the browser tests go through. */
const runsSource = Boolean((process.features as { typescript?: unknown }).typescript);

describe.skipIf(!runsSource)('the worker thread', () => {
  it('answers as the verifier itself does', async () => {
    const cases = [
      input(),
      input({ content: inPieces }),
      input({ bytes: plain, content: inPieces }),
      input({ content: contentFromBytes(Buffer.from('басқа')) }),
      input({ content: null }),
      input({ bytes: Buffer.from('no signature') }),
      input({ trust: { ...trust, crls: [] } }),
      input({ trust: { anchors: trust.anchors, certs: [], crls: trust.crls, ocsp: [] } }),
    ];
    for (const each of cases) expect(await worker.verify(each)).toEqual(await verifyFile(each));
  });

  it('names what was used and what is wanted with the material that was handed in', async () => {
    const used = await worker.verify(input());
    expect(used.ok && used.value.used.crls.every((list) => trust.crls.includes(list))).toBe(true);
    const wanting = await worker.verify(input({ trust: { ...trust, crls: [] } }));
    expect(wanting.ok && wanting.value.wanted.map(({ kind, certificate }) => [kind, certificate.commonName])).toEqual([
      ['revocation', 'ТЕСТОВ ТЕСТ'],
      ['revocation', expect.stringContaining('ҰЛТТЫҚ')],
    ]);
    expect(Buffer.compare(trust.certs[0]!, authority.der)).toBe(0);
  });

  it('says so when the content cannot be read', async () => {
    const broken = contentFromStream(async function* () {
      yield content.subarray(0, 1000);
      throw new Error('disk');
    });
    expect(await worker.verify(input({ content: broken }))).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
  });

  it('calls a file that takes too long undecided, and goes on with the next', async () => {
    const impatient = createVerificationWorker(ENTRY, { timeoutMs: 1500, heapMb: 320 });
    const endless = contentFromStream(async function* () {
      for (;;) yield Buffer.alloc(64 * 1024);
    });
    const stuck = await impatient.verify(input({ content: endless }));
    expect(stuck).toMatchObject({
      ok: true,
      value: { report: { overall: 'undecided', signatures: [{ indication: 'INDETERMINATE', subIndication: 'GENERIC' }] } },
    });
    await impatient.close();
    expect(await worker.verify(input())).toMatchObject({ ok: true, value: { report: { overall: 'valid' } } });
  });

  it('survives a thread that dies', async () => {
    const dying = createVerificationWorker(writeTemporary('dying.mjs', 'process.exit(3);'));
    expect(await dying.verify(input())).toMatchObject({ ok: true, value: { report: { overall: 'undecided' } } });
    await dying.close();
  });

  it('alternates between more trust materials than it keeps', async () => {
    const materials = Array.from({ length: 6 }, (_, i) => ({ ...trust, certs: i % 2 === 0 ? trust.certs : [] }));
    for (let round = 0; round < 3; round++)
      for (const material of materials) {
        const each = input({ trust: material, policy: { ...policy } });
        expect(await worker.verify(each)).toEqual(await verifyFile(each));
      }
  });

  it('reads content that lies on the disk by itself', async () => {
    const file = writeTemporary('content.bin', content);
    expect(await worker.verify(input({ content: contentFromFile(file) }))).toMatchObject({
      ok: true,
      value: { report: { overall: 'valid' } },
    });
    const gone = input({ content: contentFromFile(`${file}.gone`) });
    expect(await worker.verify(gone)).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
  });

  it('keeps the order of what it was asked at once', async () => {
    const files = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all(files.map((file) => worker.verify(input({ file }))));
    expect(answers.map((answer) => answer.ok && answer.value.report.file)).toEqual(files);
  });
});
