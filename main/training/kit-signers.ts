import { createPrivateKey, sign } from 'node:crypto';
import type { CmsSigner } from '../signature/index.ts';
import { derOf, type TrainingCitizen, type TrainingKit } from './training-kit.ts';

/** The court's information system as a signer. */
export type CourtSystemSigner = CmsSigner & { readonly certificatePem: string; readonly privateKeyPem: string };

export function courtSystemSigner(kit: TrainingKit): CourtSystemSigner {
  const { certificate: certificatePem, privateKey: privateKeyPem } = kit.system;
  const key = createPrivateKey(privateKeyPem);
  const certificate = derOf(certificatePem);
  return {
    certificate,
    chain: [derOf(kit.authorities.issuing.certificate)],
    algorithm: 'ECDSA-P256-SHA256',
    sign: async (tbs) => sign('sha256', tbs, key),
    certificatePem,
    privateKeyPem,
  };
}

/** A citizen as the cabinet lets him sign: certificate and its issuer travel with the signature. */
export function citizenSigner(kit: TrainingKit, citizen: TrainingCitizen): CmsSigner {
  const key = createPrivateKey(citizen.privateKey);
  return {
    certificate: derOf(citizen.certificate),
    chain: [derOf(kit.authorities[citizen.authority].certificate)],
    algorithm: 'RSA-SHA256',
    sign: async (tbs) => sign('sha256', tbs, key),
  };
}
