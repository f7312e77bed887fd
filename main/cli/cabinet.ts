import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { filingFolderSchema } from '../../shared/registry/index.ts';
import { cabinetAct, cabinetStatus, cabinetTalon, submitFiling } from '../sync/index.ts';
import { writeFileAtomically } from '../store/index.ts';
import { runCabinetService, SERVICE_VERBS } from './cabinet-services.ts';
import { EXIT, printFailure, printJson, readSecret, UsageError, type CliIo } from './cli-io.ts';
import { readInside } from './read-inside.ts';
import { fail } from '../../shared/result.ts';

/** How often a submission that was not answered is sent again under its key. */
const RETRIES = 2;

/** `kense cabinet`: the filer's side of a registry. */
export async function runCabinet(argv: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      registry: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
      'token-file': { type: 'string' },
      survey: { type: 'string' },
      answers: { type: 'string' },
      key: { type: 'string' },
    },
  });
  const [verb, what] = positionals;
  if (!values.registry || what === undefined || positionals.length !== 2)
    throw new UsageError('needs a verb, what it is about, and --registry URL');
  const token = values['token-file'] ? readSecret(io, values['token-file']) : null;
  const access = { registryUrl: values.registry, ...(token ? { token } : {}) };
  const out = () => {
    if (!values.out) throw new UsageError(`${verb} needs --out`);
    return path.resolve(io.cwd, values.out);
  };
  switch (verb) {
    case 'submit':
      return submit(path.resolve(io.cwd, what), access, io, values.json);
    case 'status': {
      const status = await cabinetStatus(access, what);
      if (!status.ok) return printFailure(io, status.error, values.json);
      printJson(io, status.value);
      return EXIT.ok;
    }
    case 'talon': {
      const talon = await cabinetTalon(access, what);
      if (!talon.ok) return printFailure(io, talon.error, values.json);
      writeFileAtomically(out(), talon.value, 0o644);
      if (values.json) printJson(io, { file: values.out, size: talon.value.length });
      return EXIT.ok;
    }
    case 'acts':
      return fetchActs(what, access, out(), io, values.json);
    default:
      if (verb === undefined || !SERVICE_VERBS.includes(verb)) throw new UsageError(`unknown verb ${verb}`);
      return runCabinetService(verb, what, access, io, { ...values, out });
  }
}

async function submit(dir: string, access: { registryUrl: string; token?: string }, io: CliIo, json: boolean): Promise<number> {
  let text: Buffer;
  try {
    text = fs.readFileSync(path.join(dir, 'filing.json'));
  } catch {
    printFailure(io, fail('file-unreadable', { file: 'filing.json' }).error, json);
    return EXIT.unreadable;
  }
  const folder = parseFolder(text.toString('utf8'));
  if (typeof folder === 'string') {
    printFailure(io, fail('input-invalid', { field: folder }).error, json);
    return EXIT.unreadable;
  }
  // each call is a filing of its own; the key lets a lost answer be asked for again without filing twice
  const idempotencyKey = io.newId();
  const submission = { ...access, folder, read: (name: string) => readInside(dir, name), idempotencyKey, places: new Map() };
  let sent = await submitFiling(submission);
  for (let again = 0; !sent.ok && sent.error.next === 'retry-later' && again < RETRIES; again++) sent = await submitFiling(submission);
  if (!sent.ok) {
    const code = printFailure(io, sent.error, json);
    return sent.error.code === 'file-unreadable' ? EXIT.unreadable : code;
  }
  const { id, cabinetNumber, receivedAt } = sent.value;
  if (json) printJson(io, { id, cabinetNumber, receivedAt });
  else io.stdout(`${cabinetNumber}  ${id}  ${receivedAt}\n`);
  return EXIT.ok;
}

/** The filing, or the field that is wrong with it. */
function parseFolder(text: string) {
  try {
    const parsed = filingFolderSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : `filing.json ${parsed.error.issues[0]?.path.join('.') ?? ''}`.trim();
  } catch {
    return 'filing.json';
  }
}

async function fetchActs(
  number: string,
  access: { registryUrl: string; token?: string },
  dir: string,
  io: CliIo,
  json: boolean,
): Promise<number> {
  const status = await cabinetStatus(access, number);
  if (!status.ok) return printFailure(io, status.error, json);
  const files: { id: string; kind: string; title: string | null; file: string }[] = [];
  for (const act of status.value.acts) {
    const bytes = await cabinetAct(access, number, act.id);
    if (!bytes.ok) return printFailure(io, bytes.error, json);
    const file = `${act.kind.replaceAll(/[^a-z-]/g, '')}-${act.id}.pdf`;
    writeFileAtomically(path.join(dir, file), bytes.value, 0o644);
    files.push({ id: act.id, kind: act.kind, title: act.title ?? null, file });
  }
  if (json) printJson(io, files);
  else for (const f of files) io.stdout(`${f.kind}  ${f.file}\n`);
  return EXIT.ok;
}
