import path from 'node:path';
import { z } from 'zod';
import { POLICY_NAMES } from '../signature/index.ts';
import { withInstalled } from './named-trust.ts';
import { runBatch } from './run-batch.ts';
import { ASKING_MS, isInstant, type FileVerifier, type VerifyAnswer, type VerifyIo } from './verify-files.ts';

const paths = z.array(z.string()).nullish();
const requestSchema = z.object({
  id: z.string(),
  file: z.string(),
  content: z.string().nullish(),
  anchors: paths,
  certs: paths,
  crls: paths,
  ocsp: paths,
  at: z.string().refine(isInstant).nullish(),
  policy: z.string().nullish(),
});

export function verifyBatch(listFile: string, verifier: FileVerifier, io: VerifyIo): Promise<number> {
  return runBatch(listFile, io, (request) => answerOne(request, path.dirname(listFile), verifier, io));
}

async function answerOne(
  request: unknown,
  folder: string,
  verifier: FileVerifier,
  io: VerifyIo,
): Promise<{ id: string; answer: VerifyAnswer }> {
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success) {
    const loose = z.object({ id: z.string().catch(''), file: z.string().catch('') }).safeParse(request).data ?? { id: '', file: '' };
    return { id: loose.id, answer: { file: loose.file, error: { code: 'input-invalid' } } };
  }
  const { id, file, content, at, anchors, certs, crls, ocsp } = parsed.data;
  const policyName = parsed.data.policy ?? POLICY_NAMES[0];
  const resolve = (name: string): string => path.resolve(folder, name);
  const known = (POLICY_NAMES as readonly string[]).includes(policyName);
  const policy = await verifier.policy(known ? policyName : resolve(policyName));
  if (!policy.ok) return { id, answer: { file, error: { code: policy.error.code } } };
  const named = { anchors: anchors ?? [], certs: certs ?? [], crls: crls ?? [], ocsp: ocsp ?? [] };
  const answer = await verifier.verify({
    file,
    path: resolve(file),
    content: content == null ? null : resolve(content),
    trust: withInstalled(named, io.trustDirs, folder),
    at: at ?? io.clock(),
    policy: policy.value,
    budget: { leftMs: ASKING_MS },
  });
  return { id, answer };
}
