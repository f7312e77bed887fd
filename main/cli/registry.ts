import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { examineRegistry, markRestored, readServing, reloadOnHangUp, SERVING_OPTIONS, startRegistry } from '../../registry/index.ts';
import { versionSchema } from '../../shared/registry/index.ts';
import { EXIT, printJson, readSecret, UsageError, type CliIo } from './cli-io.ts';
import { runRegistryCourt } from './registry-court.ts';
import { seedCourts } from './seed-courts.ts';

/**
 * `kense registry`: the reference central registry, until it is told to stop; `kense registry check` examines what one holds, `kense registry restored`
 * moves its numbers on, `kense registry court` says which courts a running one knows.
 */
export async function runRegistry(argv: string[], io: CliIo): Promise<number> {
  if (argv[0] === 'court') return runRegistryCourt(argv.slice(1), io);
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      database: { type: 'string', default: 'embedded' },
      data: { type: 'string' },
      mode: { type: 'string', default: 'training' },
      'cabinet-token-file': { type: 'string' },
      'minimum-desk': { type: 'string' },
      again: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      ...SERVING_OPTIONS,
    },
  });
  const verb = positionals.join(' ');
  if (!['', 'check', 'restored'].includes(verb)) throw new UsageError(`cannot do ${verb}`);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new UsageError('--port is a number from 0 to 65535');
  if (values.mode !== 'training' && values.mode !== 'real') throw new UsageError('--mode is training or real');
  if (values.database !== 'embedded' && !/^postgres(ql)?:\/\//.test(values.database))
    throw new UsageError('--database is embedded or postgres://…');
  const dataDir = values.data ? path.resolve(io.cwd, values.data) : null;
  if (verb !== '') {
    const held = heldBy(verb, { database: values.database, dataDir });
    return verb === 'check' ? check(held, io) : restored(held, values.again, io);
  }
  if (values.mode === 'real' && values.database === 'embedded')
    throw new UsageError('a real registry runs on PostgreSQL: --database postgres://…');
  const tokenFile = values['cabinet-token-file'];
  const cabinetToken = tokenFile ? readSecret(io, tokenFile) : null;
  if (values.mode === 'real' && !cabinetToken)
    throw new UsageError('a real registry needs --cabinet-token-file FILE: the cabinet shows it');
  const minimumDesk = values['minimum-desk'];
  if (minimumDesk !== undefined && !versionSchema.safeParse(minimumDesk).success)
    throw new UsageError('--minimum-desk is a version such as 1.2.0');
  const registry = await startRegistry({
    ...servingOf(values, io),
    host: values.host,
    port,
    database: values.database,
    dataDir,
    mode: values.mode,
    clock: io.clock,
    newId: io.newId,
    ...(values.mode === 'real' ? { courts: seedCourts(io.resourcesDir) } : {}),
    ...(cabinetToken ? { cabinetToken } : {}),
    ...(minimumDesk ? { minimumDesk } : {}),
    log: (line) => io.stderr(`${JSON.stringify(line)}\n`),
  });
  reloadOnHangUp(registry, (text) => io.stderr(`kense: ${text}\n`));
  const { url, adminToken, courts } = registry;
  // one line, so that a reader of a process that goes on knows when it has the whole document
  io.stdout(`${JSON.stringify({ url, adminToken, courts })}\n`);
  await io.stopped;
  await registry.close();
  return EXIT.ok;
}

type Held = Parameters<typeof examineRegistry>[0];

function heldBy(verb: string, held: Held): Held {
  if (held.database === 'embedded' && (held.dataDir === null || !fs.existsSync(held.dataDir)))
    throw new UsageError(`${verb} needs --data DIR of a registry, or --database postgres://…`);
  return held;
}

async function restored(held: Held, again: boolean, io: CliIo): Promise<number> {
  const done = await markRestored({ ...held, clock: io.clock, again });
  printJson(io, done);
  if (!done.marked) io.stderr(`kense: marked as restored at ${done.at}; if it was restored since, say --again\n`);
  return done.marked ? EXIT.ok : EXIT.failed;
}

async function check(held: Held, io: CliIo): Promise<number> {
  const found = await examineRegistry(held);
  printJson(io, found);
  return found.missing.length + found.damaged.length + found.brokenFeeds.length === 0 ? EXIT.ok : EXIT.failed;
}

function servingOf(values: Parameters<typeof readServing>[0], io: CliIo) {
  try {
    return readServing(values, io.cwd);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
