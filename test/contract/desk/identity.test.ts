import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reviewAct } from '../../../main/acts/index.ts';
import { finishWork, pull, viewFiling } from '../../../main/core/index.ts';
import { profilePaths } from '../../../main/store/index.ts';
import { parseTrainingKit } from '../../../main/training/index.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { tempDir } from '../../support/temp-dir.ts';

let office: TrainingOffice;
beforeAll(async () => {
  office = await trainingOffice();
  must(await pull(office.desk));
});
afterAll(() => office.close());

describe('whose a signature is', () => {
  it('is said of each of two signers in one file, and the applicant’s own puts the document in order', async () => {
    const kit = parseTrainingKit(JSON.parse(fs.readFileSync(path.join(profilePaths(office.profileDir).training, 'kit.json'), 'utf8')))!;
    const { folder, files } = sampleOf(office, 'good', 'claim');
    const applicant = kit.citizens.find((c) =>
      folder.parties.some((p) => p.side === 'claimant' && (p.iin === c.iin || (c.bin !== null && p.bin === c.bin))),
    )!;
    const stranger = kit.citizens.find(
      (c) =>
        c.authority === 'issuing' &&
        c.revokedAt === null &&
        folder.parties.every((p) => p.iin !== c.iin && p.bin !== c.bin) &&
        folder.representative?.iin !== c.iin,
    )!;
    const dir = tempDir();
    const write = (name: string, content: string | Uint8Array) => {
      fs.writeFileSync(path.join(dir, name), content);
      return path.join(dir, name);
    };
    const document = folder.documents[0]!;
    const signer = (name: string, c: typeof applicant) => [
      '-signer',
      write(`${name}.crt`, c.certificate),
      '-inkey',
      write(`${name}.key`, c.privateKey),
    ];
    const issuing = write('issuing.crt', kit.authorities.issuing.certificate);
    const signature = path.join(dir, 'both.p7s');
    execFileSync('openssl', [
      'cms',
      '-sign',
      '-binary',
      '-cades',
      '-md',
      'sha256',
      '-outform',
      'DER',
      '-certfile',
      issuing,
      '-in',
      write('document', files.get(document.file)!),
      '-out',
      signature,
      ...signer('applicant', applicant),
      ...signer('stranger', stranger),
    ]);
    const id = await arrive(office, {
      folder,
      files: new Map(files).set(document.signatures[0]!, new Uint8Array(fs.readFileSync(signature))),
    });

    const main = viewFiling(office.desk, id, 'secretary')!.documents[0]!;
    expect(main.signature).toBe('valid');
    const cards = main.signatures.map(({ signerIin, identity, state, reason }) => ({ signerIin, identity, state, reason }));
    expect(cards).toHaveLength(2);
    expect(cards).toContainEqual({ signerIin: applicant.iin, identity: 'applicant', state: 'valid', reason: null });
    expect(cards).toContainEqual({ signerIin: stranger.iin, identity: 'other', state: 'check-signer', reason: 'iinMismatch' });
  });

  it('an act is nobody’s to read or sign but the judge’s whose filing it is', async () => {
    const secretary = await signInAs(office, 'secretary');
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    must(register(office, id, secretary));
    must(await finishWork(office.desk));
    const [act] = viewFiling(office.desk, id, 'secretary')!.acts;
    const request = { id: act!.id, revision: act!.revision, sha256: act!.sha256 };
    const parts = { store: office.desk.store, clock: office.desk.config.clock };
    expect(reviewAct(parts, { ...request, actor: secretary })).toMatchObject({ ok: false, error: { code: 'not-found' } });
    const judge = await signInAs(office, 'judge');
    expect(reviewAct(parts, { ...request, actor: judge })).toEqual({ ok: true, value: null });
  });
});
