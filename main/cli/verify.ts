import { parseArgs } from 'node:util';
import path from 'node:path';
import type { OverallVerdict } from '../../shared/domain/verdict.ts';
import { createVerificationWorker, POLICY_NAMES } from '../signature/index.ts';
import { UsageError } from './cli-io.ts';
import { namedTrust, type NamedMaterial } from './named-trust.ts';
import { refuseBesideBatch } from './run-batch.ts';
import { openAsking } from './open-asking.ts';
import {
  ASKING_MS,
  createFileVerifier,
  isInstant,
  type FileRequest,
  type FileVerifier,
  type VerifyAnswer,
  type VerifyIo,
} from './verify-files.ts';
import { verifyBatch } from './verify-batch.ts';

const EXIT: Record<OverallVerdict, number> = { valid: 0, invalid: 1, undecided: 2, unsigned: 3 };
const UNREADABLE = 65;
const PATHS = { type: 'string', multiple: true, default: [] as string[] } as const;

/**
 * `kense verify`: exit 0 valid, 1 invalid, 2 undecided, 3 unsigned, 65 unreadable; with several files the gravest of these.
 * A batch exits 0 when every request is answered. Wrong usage throws UsageError.
 */
export async function runVerify(argv: string[], io: VerifyIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      content: { type: 'string' },
      anchor: PATHS,
      cert: PATHS,
      crl: PATHS,
      ocsp: PATHS,
      at: { type: 'string' },
      offline: { type: 'boolean', default: false },
      'allow-host': PATHS,
      policy: { type: 'string' },
      batch: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const source = values.offline ? null : await openAsking(io, values['allow-host']);
  const worker = io.verificationWorker === undefined ? null : createVerificationWorker(io.verificationWorker);
  const verifier = createFileVerifier(io, source, worker?.verify);
  try {
    if (values.batch === undefined) return await verifyNamed(positionals, values, verifier, io);
    refuseBesideBatch(positionals, values);
    return await verifyBatch(path.resolve(io.cwd, values.batch), verifier, io);
  } finally {
    await worker?.close();
  }
}

type Options = NamedMaterial & {
  readonly content?: string | undefined;
  readonly at?: string | undefined;
  readonly policy?: string | undefined;
  readonly json: boolean;
};

async function verifyNamed(positionals: readonly string[], values: Options, verifier: FileVerifier, io: VerifyIo): Promise<number> {
  if (positionals.length === 0) throw new UsageError('which file?');
  if (values.content !== undefined && positionals.length > 1) throw new UsageError('--content belongs to one file');
  const at = values.at ?? io.clock();
  if (!isInstant(at)) throw new UsageError(`not an instant: ${at}`);
  const policyName = values.policy ?? POLICY_NAMES[0];
  const policy = await verifier.policy(isPolicyFile(policyName) ? path.resolve(io.cwd, policyName) : policyName);
  if (!policy.ok) throw new UsageError(`no such policy: ${policyName}`);
  const trust = await namedTrust(values, io);

  const budget = { leftMs: ASKING_MS };
  const answers: VerifyAnswer[] = [];
  for (const file of positionals) {
    const request: FileRequest = {
      file,
      path: path.resolve(io.cwd, file),
      content: values.content === undefined ? null : path.resolve(io.cwd, values.content),
      trust,
      at,
      policy: policy.value,
      budget,
    };
    answers.push(await verifier.verify(request));
  }
  if (values.json) io.stdout(`${JSON.stringify(answers.length === 1 ? answers[0] : answers, null, 1)}\n`);
  else for (const answer of answers) io.stdout(describe(answer));
  return gravest(answers);
}

/** `.json` or a path; anything else is the name of a policy that comes with the product. */
function isPolicyFile(nameOrFile: string): boolean {
  return !(POLICY_NAMES as readonly string[]).includes(nameOrFile);
}

const GRAVITY = [UNREADABLE, EXIT.invalid, EXIT.undecided, EXIT.unsigned, EXIT.valid];

function gravest(answers: readonly VerifyAnswer[]): number {
  const codes = answers.map((answer) => ('error' in answer ? UNREADABLE : EXIT[answer.overall]));
  return GRAVITY.find((code) => codes.includes(code)) ?? EXIT.valid;
}

function describe(answer: VerifyAnswer): string {
  if ('error' in answer) return `${answer.file}: ${answer.error.code}\n`;
  const lines = [`${answer.file}: ${answer.overall} (${answer.format}, ${answer.at}, policy ${answer.policy.id} ${answer.policy.version})`];
  if (answer.flags.length > 0) lines.push(`  in the file: ${answer.flags.join(', ')}`);
  for (const signature of answer.signatures) {
    const { id, signer, indication, subIndication, claimedTime, warnings, checks } = signature;
    lines.push(`  ${id} ${signature.verdict}: ${indication}${subIndication ? `/${subIndication}` : ''}`);
    if (signer)
      lines.push(`     ${[signer.commonName, signer.iin, signer.organisation, signer.bin].filter(Boolean).join(', ')}; ${signer.issuer}`);
    if (claimedTime) lines.push(`     claims to be of ${claimedTime}`);
    for (const check of checks) if (check.result === 'fail') lines.push(`     failed ${check.id}: ${check.reason}`);
    if (warnings.length > 0) lines.push(`     ${warnings.join(', ')}`);
  }
  for (const { kind, address, outcome } of answer.asked) lines.push(`  asked for ${kind} at ${address}: ${outcome}`);
  return `${lines.join('\n')}\n`;
}
