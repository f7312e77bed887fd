import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { POLICY_NAMES } from '../signature/index.ts';
import { ASKING_MS, isInstant, type FileVerifier, type VerifyAnswer, type VerifyIo } from './verify-files.ts';

const paths = z.array(z.string()).default([]);
const requestSchema = z.object({
  id: z.string(),
  file: z.string(),
  content: z.string().nullish(),
  anchors: paths,
  certs: paths,
  crls: paths,
  ocsp: paths,
  at: z.string().refine(isInstant).optional(),
  policy: z.string().default(POLICY_NAMES[0]),
});

type BatchAnswer = { readonly id: string; readonly ms: number } & VerifyAnswer;

/** Answers every request of a file in its order; one bad request never stops the rest. Exit 65 only when the list itself cannot be read. */
export async function verifyBatch(listFile: string, verifier: FileVerifier, io: VerifyIo): Promise<number> {
  const requests = await readList(listFile);
  if (requests === null) {
    io.stdout(`${JSON.stringify({ file: listFile, error: { code: 'file-unreadable' } })}\n`);
    return 65;
  }
  const answers: BatchAnswer[] = [];
  for (const request of requests) {
    const started = performance.now();
    const { id, answer } = await answerOne(request, path.dirname(listFile), verifier, io);
    answers.push({ id, ms: Math.round((performance.now() - started) * 100) / 100, ...answer });
  }
  io.stdout(`${JSON.stringify(answers, null, 1)}\n`);
  return 0;
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
  const { id, file, content, at, policy: policyName } = parsed.data;
  const resolve = (name: string): string => path.resolve(folder, name);
  const known = (POLICY_NAMES as readonly string[]).includes(policyName);
  const policy = await verifier.policy(known ? policyName : resolve(policyName));
  if (!policy.ok) return { id, answer: { file, error: { code: policy.error.code } } };
  const own = parsed.data.anchors.length > 0;
  const all = (given: readonly string[], installed: readonly string[]): string[] => [...given.map(resolve), ...(own ? [] : installed)];
  const answer = await verifier.verify({
    file,
    path: resolve(file),
    content: content == null ? null : resolve(content),
    trust: {
      anchors: all(parsed.data.anchors, io.trustDirs.anchors),
      certs: all(parsed.data.certs, io.trustDirs.certs),
      crls: all(parsed.data.crls, io.trustDirs.crls),
      ocsp: all(parsed.data.ocsp, io.trustDirs.ocsp),
    },
    at: at ?? io.clock(),
    policy: policy.value,
    budget: { leftMs: ASKING_MS },
  });
  return { id, answer };
}

async function readList(file: string): Promise<unknown[] | null> {
  try {
    const list: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}
