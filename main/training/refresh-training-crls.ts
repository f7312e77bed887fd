import { AsnConvert } from '@peculiar/asn1-schema';
import { AuthorityKeyIdentifier, CertificateList, id_ce_authorityKeyIdentifier } from '@peculiar/asn1-x509';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../store/index.ts';
import { issueCrl, type RevokedCertificate } from './issue-crl.ts';
import { issuerFrom } from './issue-certificate.ts';
import { derOf, parseTrainingKit, type TrainingKit } from './training-kit.ts';

const HOUR_MS = 3_600_000;
const LIFE_MS = 7 * 24 * HOUR_MS;
/** Issued a little in the past, as authorities do, so that a clock behind ours still takes it. */
const BACKDATED_MS = HOUR_MS;
const KEY_COMPROMISE = 1;

/** The CRLs of an installed kit, made anew when more than half their life is over, when damaged, or when dated after `now`. */
export async function refreshTrainingCrls(dir: string, now: string): Promise<void> {
  const kit = parseTrainingKit(JSON.parse(await readFile(join(dir, 'kit.json'), 'utf8')));
  if (!kit) throw new Error('the training kit is damaged');
  await writeCrls(dir, kit, now);
}

/** `ocspOnly` issues no CRL: that is what it is for. */
export async function writeCrls(dir: string, kit: TrainingKit, now: string): Promise<void> {
  const revoked: Record<'root' | 'issuing', RevokedCertificate[]> = {
    root: [],
    issuing: kit.citizens.flatMap(({ certificate, revokedAt }) =>
      revokedAt === null ? [] : [{ serial: serialOf(certificate), revokedAt, reason: KEY_COMPROMISE }],
    ),
  };
  for (const name of ['root', 'issuing'] as const) {
    const file = join(dir, 'trust', 'crls', `${name}.crl`);
    const { certificate, privateKey } = kit.authorities[name];
    const issuer = issuerFrom(derOf(certificate), createPrivateKey(privateKey));
    if (await isFresh(file, issuer.keyId, now)) continue;
    const thisUpdate = Date.parse(now) - BACKDATED_MS;
    const times = { thisUpdate: new Date(thisUpdate).toISOString(), nextUpdate: new Date(thisUpdate + LIFE_MS).toISOString() };
    writeFileAtomically(file, issueCrl({ issuer, ...times, revoked: revoked[name] }), 0o644);
  }
}

/** Another kit has authorities of the same names, so the key decides whose CRL it is. */
async function isFresh(file: string, issuerKeyId: Uint8Array, now: string): Promise<boolean> {
  try {
    const { tbsCertList } = AsnConvert.parse(await readFile(file), CertificateList);
    const extension = tbsCertList.crlExtensions?.find(({ extnID }) => extnID === id_ce_authorityKeyIdentifier);
    const keyId = extension && AsnConvert.parse(extension.extnValue, AuthorityKeyIdentifier).keyIdentifier;
    const age = Date.parse(now) - tbsCertList.thisUpdate.getTime().getTime();
    return keyId !== undefined && Buffer.from(keyId.buffer).equals(issuerKeyId) && age >= 0 && age <= LIFE_MS / 2;
  } catch {
    return false;
  }
}

const serialOf = (certificatePem: string) => Buffer.from(new X509Certificate(certificatePem).serialNumber, 'hex');
