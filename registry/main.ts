import { RegistryStartError, reloadOnHangUp, startRegistry, type RunningRegistry } from './index.ts';
import { readArguments, USAGE } from './read-arguments.ts';

/** Whoever forked this process: Electron's utility process has a port, a child of Node a channel, a shell neither. */
type ParentPort = { postMessage(message: unknown): void };
const { parentPort } = process as unknown as { parentPort?: ParentPort };

const USAGE_EXIT = 64;

async function run(): Promise<void> {
  const given = readArguments(process.argv.slice(2));
  if (given === null) {
    process.stderr.write(USAGE);
    process.exitCode = USAGE_EXIT;
    return;
  }
  const cabinetToken = process.env['KENSE_CABINET_TOKEN'];
  let registry: RunningRegistry;
  try {
    registry = await startRegistry({
      ...given,
      clock: () => new Date().toISOString(),
      log: (line) => process.stderr.write(`${JSON.stringify(line)}\n`),
      ...(cabinetToken ? { cabinetToken } : {}),
    });
  } catch (error) {
    if (!(error instanceof RegistryStartError)) throw error;
    tellParent({ error: { code: error.code, message: error.message } });
    process.stderr.write(`registry: ${error.message}\n`);
    process.exitCode = 1;
    return;
  }
  reloadOnHangUp(registry, (text) => process.stderr.write(`registry: ${text}\n`));
  const stop = () => void registry.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
  const { url, adminToken, courts } = registry;
  tellParent({ url, adminToken, courts });
  process.stdout.write(`${JSON.stringify({ url, adminToken, courts })}\n`);
}

function tellParent(message: object): void {
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
}

await run();
