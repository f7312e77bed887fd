import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkJournalArchive, type ArchiveCheck } from '../journal/index.ts';
import { EXIT, printFailure, printJson, UsageError, type CliIo } from './cli-io.ts';
import { talonTrustOfUser } from './talon-trust-of-user.ts';
import { readTrustedCertificates } from './trusted-certificates.ts';

/**
 * `kense journal check FILE`: 0 valid, 1 not valid, 65 no archive. The certificates are those that talons are checked by; `--registry-key` is the
 * fingerprint of the only registry whose word counts.
 */
export async function runJournal(argv: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      trust: { type: 'string', multiple: true },
      'registry-key': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [verb, file, ...more] = positionals;
  if (verb !== 'check' || file === undefined || more.length > 0) throw new UsageError('journal check needs one FILE');
  const laidOut = talonTrustOfUser(io);
  const dirs = values.trust?.map((dir) => path.resolve(io.cwd, dir)) ?? (fs.existsSync(laidOut) ? [laidOut] : []);
  const certificates = readTrustedCertificates(dirs);
  if (certificates === null) throw new UsageError('cannot read the folder of --trust');
  const registryKey = values['registry-key']?.toLowerCase() ?? null;
  if (registryKey !== null && !/^[0-9a-f]{64}$/.test(registryKey)) throw new UsageError('--registry-key is a SHA-256 in hex');
  const checked = await checkJournalArchive(path.resolve(io.cwd, file), certificates, registryKey);
  if (!checked.ok) {
    printFailure(io, checked.error, values.json);
    return EXIT.unreadable;
  }
  if (values.json) printJson(io, checked.value);
  else io.stdout(sentence(checked.value));
  return checked.value.valid ? EXIT.ok : EXIT.failed;
}

function sentence({
  valid,
  reason,
  brokenAt,
  court,
  workstation,
  from,
  entries,
  unproven,
  firstAt,
  lastAt,
  signedBy,
  training,
  anchored,
}: ArchiveCheck): string {
  if (!valid) return `not valid: ${reason}${brokenAt === null ? '' : `, entry ${brokenAt}`}\n`;
  const span = entries === 0 ? '' : ` (${from} to ${from + entries - 1}), ${firstAt} to ${lastAt}`;
  const wiped = unproven === 0 ? '' : `, ${unproven} wiped without the entry that tells of it`;
  const registry = anchored
    ? `the registry signed the first ${anchored.entries} at ${anchored.at}, key ${anchored.keySha256}`
    : 'the registry says nothing of these entries';
  const kind = training ? 'TRAINING, ' : '';
  return `valid: ${kind}${entries} entries${span}${wiped}, court ${court}, workstation ${workstation}, signed by ${signedBy}; ${registry}\n`;
}
