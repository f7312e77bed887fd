import path from 'node:path';
import { z } from 'zod';
import { withInstalled } from './named-trust.ts';
import { runBatch } from './run-batch.ts';
import { policyInputs, type PathAnswer, type PathValidator } from './verify-cert-files.ts';
import { isInstant, type VerifyIo } from './verify-files.ts';

const paths = z.array(z.string()).nullish();
const flag = z.boolean().nullish();
const requestSchema = z.object({
  id: z.string(),
  leaf: z.string(),
  anchors: paths,
  certs: paths,
  crls: paths,
  ocsp: paths,
  at: z.string().refine(isInstant).nullish(),
  requireRevocation: flag,
  initialPolicies: z.array(z.string()).nullish(),
  requireExplicitPolicy: flag,
  inhibitPolicyMapping: flag,
  inhibitAnyPolicy: flag,
});

export function verifyCertBatch(listFile: string, validator: PathValidator, io: VerifyIo): Promise<number> {
  return runBatch(listFile, io, (request) => answerOne(request, path.dirname(listFile), validator, io));
}

async function answerOne(
  request: unknown,
  folder: string,
  validator: PathValidator,
  io: VerifyIo,
): Promise<{ id: string; answer: PathAnswer }> {
  const parsed = requestSchema.safeParse(request);
  const wanted =
    parsed.data &&
    policyInputs({
      initialPolicies: parsed.data.initialPolicies ?? ['anyPolicy'],
      requireExplicitPolicy: parsed.data.requireExplicitPolicy ?? false,
      inhibitPolicyMapping: parsed.data.inhibitPolicyMapping ?? false,
      inhibitAnyPolicy: parsed.data.inhibitAnyPolicy ?? false,
    });
  if (!parsed.success || !wanted) {
    const id = z.object({ id: z.string() }).safeParse(request).data?.id ?? '';
    return { id, answer: { error: { code: 'input-invalid' } } };
  }
  const { id, leaf, anchors, certs, crls, ocsp, at, requireRevocation } = parsed.data;
  const answer = await validator.validate({
    leaf: path.resolve(folder, leaf),
    trust: withInstalled({ anchors: anchors ?? [], certs: certs ?? [], crls: crls ?? [], ocsp: ocsp ?? [] }, io.trustDirs, folder),
    at: at ?? io.clock(),
    requireRevocation: requireRevocation ?? true,
    wanted,
  });
  return { id, answer };
}
