import { spawnSync } from 'node:child_process';

/** Commands of the installed program; a first argument that is none of them opens the window. */
export const COMMANDS: readonly string[] = [
  'act',
  'journal',
  'demo',
  'registry',
  'office',
  'cabinet',
  'verify',
  'verify-cert',
  'sign',
  'trust',
  'talon',
  'doctor',
];

/**
 * The arguments of the command line, or null when the window is meant. `argv` as Electron gives it: switches anywhere, and in a
 * checkout the folder of the app before the command.
 */
export function commandOf(argv: readonly string[], packaged: boolean): string[] | null {
  const words = argv.flatMap((arg, at) => (at > 0 && !arg.startsWith('-') ? [at] : []));
  const place = packaged ? words[0] : words[1];
  return place !== undefined && COMMANDS.includes(argv[place] ?? '') ? argv.slice(place) : null;
}

const HEADLESS = '--ozone-platform=headless';
const QUIET = ['--disable-gpu', '--disable-logging'];
const INTERNAL_ERROR = 70;
const LOOK_EVERY_MS = 500;

/** Without a display Electron ends right after this file was read, unless it was told at its very start to do without. */
function needsHeadless(argv: readonly string[], env: NodeJS.ProcessEnv): boolean {
  return process.platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'] && !argv.includes(HEADLESS);
}

/** A new process of the same program; waiting must not end before it does, so nothing else can happen meanwhile. */
function runHeadless(argv: readonly string[]): number {
  const env = { ...process.env, KENSE_STARTED_BY: String(process.pid) };
  const run = spawnSync(process.execPath, [HEADLESS, ...QUIET, ...argv.slice(1)], { stdio: 'inherit', env });
  return run.status ?? INTERNAL_ERROR;
}

/** Whoever started us waits without hearing signals: when it is killed, this process ends as well. */
function endWithStarter(): void {
  const starter = process.env['KENSE_STARTED_BY'];
  delete process.env['KENSE_STARTED_BY'];
  if (starter === undefined || Number(starter) !== process.ppid) return;
  const timer = setInterval(() => {
    if (process.ppid === Number(starter)) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** Runs a command in this very process, which has no window then. Answers the exit code. */
export async function runCommandLine(command: readonly string[]): Promise<number> {
  const { argv } = process;
  if (needsHeadless(argv, process.env)) return runHeadless(argv);
  endWithStarter();
  argv.splice(0, argv.length, process.execPath, 'kense', ...command);
  try {
    const [{ startModulesBy }, { startModule }] = await Promise.all([
      import('../token/index.ts'),
      import('./processes/module-processes.ts'),
    ]);
    startModulesBy(startModule);
    await import('../cli/index.ts');
    return Number(process.exitCode ?? 0);
  } catch (error) {
    process.stderr.write(`kense: ${error instanceof Error ? (error.stack ?? error.name) : 'unknown fault'}\n`);
    return INTERNAL_ERROR;
  }
}
