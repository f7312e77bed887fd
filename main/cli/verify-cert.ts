import path from 'node:path';
import { parseArgs } from 'node:util';
import { namedTrust } from './named-trust.ts';
import { UsageError } from './cli-io.ts';
import { createPathValidator, policyInputs, type PathAnswer } from './verify-cert-files.ts';
import { refuseBesideBatch } from './run-batch.ts';
import { verifyCertBatch } from './verify-cert-batch.ts';
import { isInstant, type VerifyIo } from './verify-files.ts';

const EXIT = { valid: 0, notValid: 1, undecided: 2, unreadable: 65 } as const;
const PATHS = { type: 'string', multiple: true, default: [] as string[] } as const;
const FLAG = { type: 'boolean', default: false } as const;

/**
 * `kense verify-cert`: certification path validation alone. Exit 0 valid, 1 not valid, 2 undecided, 65 unreadable; a batch exits 0 when
 * every request is answered. Wrong usage throws UsageError.
 */
export async function runVerifyCert(argv: string[], io: VerifyIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      anchor: PATHS,
      cert: PATHS,
      crl: PATHS,
      ocsp: PATHS,
      at: { type: 'string' },
      'no-revocation': FLAG,
      'initial-policy': PATHS,
      'require-explicit-policy': FLAG,
      'inhibit-policy-mapping': FLAG,
      'inhibit-any-policy': FLAG,
      batch: { type: 'string' },
      json: FLAG,
    },
  });
  const validator = createPathValidator(io);
  if (values.batch !== undefined) {
    refuseBesideBatch(positionals, values);
    return verifyCertBatch(path.resolve(io.cwd, values.batch), validator, io);
  }
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('which certificate? One at a time, or --batch');
  const at = values.at ?? io.clock();
  if (!isInstant(at)) throw new UsageError(`not an instant: ${at}`);
  const wanted = policyInputs({
    initialPolicies: values['initial-policy'].length > 0 ? values['initial-policy'] : ['anyPolicy'],
    requireExplicitPolicy: values['require-explicit-policy'],
    inhibitPolicyMapping: values['inhibit-policy-mapping'],
    inhibitAnyPolicy: values['inhibit-any-policy'],
  });
  if (wanted === null) throw new UsageError('--initial-policy takes anyPolicy or an object identifier');
  const trust = await namedTrust(values, io);
  const leaf = path.resolve(io.cwd, file);
  const answer = await validator.validate({ leaf, trust, at, requireRevocation: !values['no-revocation'], wanted });
  io.stdout(values.json ? `${JSON.stringify({ file, ...answer }, null, 1)}\n` : describe(file, answer));
  if ('error' in answer) return EXIT.unreadable;
  return answer.valid ? EXIT.valid : answer.decided ? EXIT.notValid : EXIT.undecided;
}

function describe(file: string, answer: PathAnswer): string {
  if ('error' in answer) return `${file}: ${answer.error.code}\n`;
  const { valid, reason, check, certificate, path: chain } = answer;
  const lines = [`${file}: ${valid ? 'valid' : `not valid: ${reason} (${check})`}`];
  if (certificate !== null) lines.push(`  at ${certificate}`);
  if (chain.length > 0) lines.push(`  path ${chain.join('\n       ')}`);
  return `${lines.join('\n')}\n`;
}
