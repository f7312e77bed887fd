import fs from 'node:fs';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createTimestampClient, loadAllowedHosts, loadTimestampAuthority } from '../evidence/index.ts';
import { loadPolicy, readTrustMaterial } from '../signature/index.ts';
import type { Level, SealingParts } from '../sealing/index.ts';
import { createTokenHost, NCALAYER_URL, tlsAnchors } from '../token/index.ts';
import { UsageError, type CliIo } from './cli-io.ts';
import { namedTrust } from './named-trust.ts';
import { hostOfAddress, openAsking, readAllowedHosts } from './open-asking.ts';
import { findSigningKey } from './signing-key.ts';
import { signFiles, type SignedFile, type SigningTask } from './sign-files.ts';
import type { VerifyIo } from './verify-files.ts';

/** 0 every file is signed at the level asked for; 2 every file is signed, some below it; 1 some file is not; 3 a PIN, the token or its certificate stopped it. */
const EXIT = { signed: 0, failed: 1, lower: 2, stopped: 3 } as const;
const CHAIN_NOT_CHECKED =
  'The chain of the certificate was NOT checked: no trust list is installed. Who issued it and whether it was revoked is unknown; name --anchor FILE.\n';
const PATHS = { type: 'string', multiple: true, default: [] as string[] } as const;

export type SignIo = VerifyIo & Pick<CliIo, 'readLine'>;

const OPTIONS = {
  out: { type: 'string' },
  p12: { type: 'string' },
  pkcs11: { type: 'string' },
  slot: { type: 'string' },
  key: { type: 'string' },
  ncalayer: { type: 'string' },
  'ncalayer-cert': { type: 'string' },
  'pin-stdin': { type: 'boolean', default: false },
  tsa: { type: 'string' },
  level: { type: 'string' },
  reason: { type: 'string' },
  anchor: PATHS,
  cert: PATHS,
  crl: PATHS,
  ocsp: PATHS,
  'allow-host': PATHS,
  json: { type: 'boolean', default: false },
} as const;

/**
 * `kense sign`: PAdES by a key file, a token or NCALayer, one PIN for all files; NCALayer asks for its own. Exit codes above; wrong usage throws UsageError.
 * Without `--anchor` and an installed trust list nobody has said whom to trust: then a chain that leads nowhere is no obstacle, and it is said.
 */
export async function runSign(argv: string[], io: SignIo): Promise<number> {
  const { values, positionals } = parseArgs({ args: withUsualAddress(argv), allowPositionals: true, options: OPTIONS });
  const level = levelOf(values.level ?? (values.tsa === undefined ? 'B' : 'T'));
  const tasks = tasksOf(positionals, values.out, io.cwd);
  const { parts, close } = await sealingParts(values, level, io);
  const key = findSigningKey(values, io.cwd, tlsAnchors(await parts.trust()));
  if (key.asksPin && !values['pin-stdin']) throw new UsageError('needs --pin-stdin');

  const pin = key.asksPin ? await io.readLine() : '';
  const host = createTokenHost(() => Promise.resolve({ pin: Buffer.from(pin, 'utf8') }), { places: key.places });
  try {
    const { files, stopped } = await signFiles(parts, { host, findKey: key.find, tasks, level, reason: values.reason ?? null });
    if (values.json) io.stdout(`${JSON.stringify(files, null, 1)}\n`);
    else for (const file of files) io.stdout(describe(file));
    if (files.some(({ warnings }) => warnings.includes('chain-not-checked'))) io.stderr(CHAIN_NOT_CHECKED);
    if (stopped) return EXIT.stopped;
    if (files.some(({ sha256 }) => sha256 === null)) return EXIT.failed;
    return files.some(({ error }) => error !== null) ? EXIT.lower : EXIT.signed;
  } finally {
    host.end();
    close();
  }
}

/** `--ncalayer` alone is where it usually listens. */
function withUsualAddress(argv: readonly string[]): string[] {
  return argv.flatMap((arg, i) => (arg === '--ncalayer' && !/^wss?:/.test(argv[i + 1] ?? '') ? [`--ncalayer=${NCALAYER_URL}`] : [arg]));
}

function levelOf(text: string): Level {
  if (text !== 'B' && text !== 'T' && text !== 'LT') throw new UsageError(`no such level: ${text}`);
  return text;
}

type Values = { readonly [K in 'anchor' | 'cert' | 'crl' | 'ocsp' | 'allow-host']: string[] } & { readonly tsa?: string | undefined };

async function sealingParts(values: Values, level: Level, io: SignIo): Promise<{ parts: SealingParts; close: () => void }> {
  const policy = await loadPolicy(io.resourcesDir, 'kz-incoming');
  if (!policy.ok) throw new UsageError('the policy cannot be read');
  const read = await readTrustMaterial(await namedTrust(values, io));
  if (!read.ok) throw new UsageError('the trust material cannot be read');
  const trust = () => Promise.resolve(read.value);
  const withoutAnchors = read.value.anchors.length === 0;
  const common = { policy: policy.value, trust, clock: io.clock, withoutAnchors };
  if (level === 'B') return { parts: { ...common, timestamps: null, evidence: null }, close: () => undefined };
  const hosts = await loadAllowedHosts(io.resourcesDir, 'real');
  const authority = await loadTimestampAuthority(io.resourcesDir, 'real');
  const url = values.tsa ?? (authority.ok ? authority.value?.url : undefined);
  if (url === undefined) throw new UsageError('needs --tsa URL');
  const timestamps = createTimestampClient({
    ...common,
    url,
    tokenPolicy: values.tsa === undefined && authority.ok ? (authority.value?.policy ?? null) : null,
    // who names an authority lets it be asked
    hosts: [...(hosts.ok ? hosts.value : []), ...(values.tsa === undefined ? [] : [hostOfAddress(url)])],
    random: randomBytes,
  });
  readAllowedHosts(values['allow-host'], io.asking?.mayAllowHosts === true);
  const evidence = await openAsking(io, values['allow-host']);
  return {
    parts: { ...common, timestamps, evidence },
    close: () => {
      timestamps.stop();
      evidence?.stop();
    },
  };
}

/** One file goes to a file or into a folder, several into a folder; nothing is ever written over an input or over each other. */
function tasksOf(files: readonly string[], out: string | undefined, cwd: string): SigningTask[] {
  if (files.length === 0) throw new UsageError('which file?');
  if (out === undefined) throw new UsageError('needs --out FILE|DIR');
  const target = path.resolve(cwd, out);
  const isFolder = fs.statSync(target, { throwIfNoEntry: false })?.isDirectory() ?? (files.length > 1 || /[/\\]$/.test(out));
  if (files.length > 1 && !isFolder) throw new UsageError('several files need a folder as --out');
  const tasks = files.map((file) => {
    const input = path.resolve(cwd, file);
    return { file, input, out: isFolder ? path.join(target, path.basename(input)) : target };
  });
  if (new Set(tasks.map((task) => task.out)).size < tasks.length) throw new UsageError('two files of one name cannot go into one folder');
  const inputs = new Set(tasks.map(({ input }) => identityOf(input)));
  if (tasks.some((task) => inputs.has(identityOf(task.out)))) throw new UsageError('--out would write over an input');
  return tasks;
}

/** The same for two names of one file. */
function identityOf(file: string): string {
  const found = fs.statSync(file, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : file;
}

function describe({ file, out, level, warnings, error }: SignedFile): string {
  const code = error ? [`${error.code}${error.params ? ` ${JSON.stringify(error.params)}` : ''}`] : [];
  const notes = [...code, ...warnings];
  const more = notes.length > 0 ? ` (${notes.join(', ')})` : '';
  return out === null ? `${file}: not signed${more}\n` : `${file}: signed at level ${level ?? ''}, ${out}${more}\n`;
}
