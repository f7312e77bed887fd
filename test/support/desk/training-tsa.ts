import fs from 'node:fs';
import path from 'node:path';
import { profilePaths } from '../../../main/store/index.ts';
import { parseTrainingKit } from '../../../main/training/index.ts';
import type { EvidenceServer } from '../evidence-server.ts';
import { daysFromNow, derOf, issue, keyOf, writeTemporary, type Certificate } from '../openssl-pki.ts';
import { answerTimestampRequest, TSA_EXTENSIONS } from '../openssl-tsa.ts';

/** A timestamp authority that the training court of a profile trusts. */
export function trainingTsa(profileDir: string): Certificate {
  const kit = parseTrainingKit(JSON.parse(fs.readFileSync(path.join(profilePaths(profileDir).training, 'kit.json'), 'utf8')))!;
  const { certificate, privateKey } = kit.authorities.issuing;
  const pem = writeTemporary('authority.pem', certificate);
  const issuer = { pem, key: writeTemporary('authority.key', privateKey), der: derOf(pem), subject: 'authority' };
  const extensions = [...TSA_EXTENSIONS, 'authorityKeyIdentifier=keyid'];
  return issue({ subject: '/CN=TSA/C=KZ', key: keyOf('training-tsa'), issuer, extensions, to: daysFromNow(30) });
}

export const stampBy =
  (authority: Certificate): Parameters<EvidenceServer['answer']>[1] =>
  (asked, response) =>
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answerTimestampRequest(asked.body, { authority }));
