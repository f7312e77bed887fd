import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../store/index.ts';
import { packPkcs12 } from './pack-pkcs12.ts';
import { writeCrls } from './refresh-training-crls.ts';
import { derOf, TRAINING_PIN, type TrainingKit } from './training-kit.ts';

/**
 * Lays a kit out in a folder: `kit.json`, `keys/{secretary,judge,office-head}.p12`, `keys/citizens/*.p12` (PIN 123456),
 * `trust/{anchors,certs,crls}`. A second call with the same kit only renews the CRLs; another kit replaces the first.
 * `kit.json` is written last: where it is whole, everything is.
 */
export async function installTrainingKit(dir: string, kit: TrainingKit, now: string): Promise<void> {
  const kitFile = join(dir, 'kit.json');
  const kitText = `${JSON.stringify(kit, null, 1)}\n`;
  const installed = await readFile(kitFile, 'utf8').catch(() => null);
  if (installed !== kitText) {
    await writeKeys(join(dir, 'keys'), kit);
    const { root, issuing, ocspOnly } = kit.authorities;
    writeFileAtomically(join(dir, 'trust', 'anchors', 'root.pem'), root.certificate, 0o644);
    writeFileAtomically(join(dir, 'trust', 'certs', 'issuing.crt'), issuing.certificate, 0o644);
    writeFileAtomically(join(dir, 'trust', 'certs', 'ocsp-only.crt'), ocspOnly.certificate, 0o644);
    writeFileAtomically(join(dir, 'trust', 'certs', 'court-system.crt'), kit.system.certificate, 0o644);
  }
  await writeCrls(dir, kit, now);
  if (installed !== kitText) writeFileAtomically(kitFile, kitText, 0o600);
}

async function writeKeys(dir: string, kit: TrainingKit): Promise<void> {
  const root = derOf(kit.authorities.root.certificate);
  const issuing = derOf(kit.authorities.issuing.certificate);
  const ocspOnly = derOf(kit.authorities.ocspOnly.certificate);
  const holders = [
    ...kit.officials.map((person) => ({ file: `${person.role}.p12`, person, issuer: issuing })),
    ...kit.citizens.map((person) => ({
      file: join('citizens', `${person.key}.p12`),
      person,
      issuer: person.authority === 'issuing' ? issuing : ocspOnly,
    })),
  ];
  for (const { file, person, issuer } of holders) {
    const packed = packPkcs12({
      privateKey: createPrivateKey(person.privateKey),
      certificate: derOf(person.certificate),
      chain: [issuer, root],
      friendlyName: person.name,
      pin: TRAINING_PIN,
    });
    writeFileAtomically(join(dir, file), packed, 0o600);
  }
}
