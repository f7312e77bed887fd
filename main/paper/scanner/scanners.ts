import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { readAbilities, type ScannerAbilities } from './read-abilities.ts';

export type Scanner = { readonly id: string; readonly name: string };
export type ScanWish = {
  readonly scannerId: string;
  readonly dpi: number;
  readonly color: boolean;
  /** All sheets of the feeder, else the one on the glass. */ readonly feeder: boolean;
};

/** Scanners of this machine, through SANE. */
export type Scanners = {
  /** Errors: `scanner-unsupported` where there is no SANE, `scanner-slow`. */
  list(): Promise<Result<Scanner[]>>;
  /** Errors: `scanner-gone`, those of list. */
  abilities(scannerId: string): Promise<Result<ScannerAbilities>>;
  /**
   * Scans and hands over page after page; what was handed over stays whatever comes. Answers how many pages there were. Errors, with `page` the one
   * that it stopped at: `scanner-jam`, `scanner-empty`, `scanner-open`, `scanner-busy`, `scanner-gone`, `scanner-slow`, and what `onPage` says.
   */
  scan(wish: ScanWish, onPage: (png: Uint8Array) => Promise<Result<null>>): Promise<Result<number>>;
  /** Ends what is being scanned; the page under way is lost. */
  stop(): void;
};

export type ScannersConfig = {
  /** Default `scanimage`. */
  readonly program?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** For every scan, after the program's own. */
  readonly options?: readonly string[];
  /** A scanner that says nothing for so long is given up. */
  readonly silenceMs?: number;
  readonly platform?: NodeJS.Platform;
};

const SILENCE_MS = 120_000;
const LOOK_MS = 30_000;
/** The status of SANE: scanimage ends with it, or says of the last page that it had it. */
const STATUS = { busy: 3, endOfPage: 5, jammed: 6, noDocuments: 7, coverOpen: 8 };
const DEVICE = /^[^\s|]{1,200}$/;

export function createScanners(config: ScannersConfig = {}): Scanners {
  const { program = 'scanimage', options = [], silenceMs = SILENCE_MS, platform = process.platform } = config;
  const env = { ...process.env, LC_ALL: 'C.UTF-8', ...config.environment };
  let running: AbortController | null = null;

  type Ending = { readonly status: number | null; readonly silent: boolean; readonly missing: boolean };
  /** Runs the program without a shell; each line of its output is heard before the next, and it may not be silent for long. */
  async function run(args: readonly string[], ms: number, onLine: (line: string) => Promise<boolean>): Promise<Ending> {
    const child = spawn(program, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let lastStatus: number | null = null;
    createInterface({ input: child.stderr }).on('line', (line) => {
      const m = /\(scanner status = (\d+)\)/.exec(line);
      if (m) lastStatus = Number(m[1]) === STATUS.endOfPage ? null : Number(m[1]);
    });
    const stop = new AbortController();
    running = stop;
    let silent = false;
    const kill = () => void child.kill('SIGKILL');
    stop.signal.addEventListener('abort', kill);
    const ended = new Promise<Ending>((resolve) => {
      child.on('error', () => resolve({ status: null, silent: false, missing: true }));
      child.on('close', (status) => resolve({ status: lastStatus ?? status, silent, missing: false }));
    });
    const alarm = () =>
      setTimeout(() => {
        silent = true;
        kill();
      }, ms);
    let timer = alarm();
    const lines = createInterface({ input: child.stdout });
    for await (const line of lines) {
      clearTimeout(timer);
      if (!(await onLine(line))) kill();
      timer = alarm();
    }
    const ending = await ended;
    clearTimeout(timer);
    if (running === stop) running = null;
    return ending;
  }

  const lookAt = async (args: readonly string[]): Promise<Result<{ lines: string[]; status: number | null }>> => {
    if (platform !== 'linux') return fail('scanner-unsupported');
    const lines: string[] = [];
    const { status, silent, missing } = await run(args, LOOK_MS, (line) => Promise.resolve(lines.push(line) < 1000));
    if (missing) return fail('scanner-unsupported');
    return silent ? fail('scanner-slow') : ok({ lines, status });
  };
  async function abilities(scannerId: string): Promise<Result<ScannerAbilities>> {
    if (!DEVICE.test(scannerId)) return fail('scanner-gone');
    const looked = await lookAt(['-d', scannerId, '-A']);
    if (!looked.ok) return looked;
    return looked.value.status === 0 ? ok(readAbilities(looked.value.lines)) : fail('scanner-gone');
  }

  return {
    list: async () => {
      const looked = await lookAt(['--formatted-device-list=%d|%v %m%n']);
      if (!looked.ok) return looked;
      return ok(
        looked.value.lines.flatMap((line) => {
          const [id = '', name = ''] = line.split('|');
          return DEVICE.test(id) ? [{ id, name: name.trim() || id }] : [];
        }),
      );
    },
    abilities,
    scan: async (wish, onPage) => {
      const known = await abilities(wish.scannerId);
      if (!known.ok) return known;
      // the program writes files; they lie in a folder of this user alone, in memory where there is one, for as long as it takes to seal them
      const dir = await mkdtemp(path.join(process.env['XDG_RUNTIME_DIR'] ?? os.tmpdir(), 'kense-scan-'));
      let pages = 0;
      let refused: Result<null> = ok(null);
      try {
        const args = [...scanArguments(wish, known.value), ...options, `--batch=${path.join(dir, 'page-%d.png')}`, '--batch-print'];
        const { status, silent, missing } = await run(args, silenceMs, async (file) => {
          if (path.dirname(file) !== dir) return true;
          refused = await onPage(await readFile(file));
          await rm(file, { force: true });
          if (refused.ok) pages++;
          return refused.ok;
        });
        if (!refused.ok) return refused;
        const at = { page: pages + 1 };
        if (missing) return fail('scanner-unsupported');
        if (silent) return fail('scanner-slow', at);
        if (status === STATUS.jammed) return fail('scanner-jam', at);
        if (status === STATUS.coverOpen) return fail('scanner-open', at);
        if (status === STATUS.busy) return fail('scanner-busy', at);
        if (status === STATUS.noDocuments || status === 0) return pages > 0 ? ok(pages) : fail('scanner-empty', at);
        return status === null && pages > 0 ? ok(pages) : fail('scanner-gone', at);
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    },
    stop: () => running?.abort(),
  };
}

const A4_MM = { width: 210, height: 297 };

/** Options under the names that this scanner has for them. */
function scanArguments({ scannerId, dpi, color, feeder }: ScanWish, able: ScannerAbilities): string[] {
  const mode = color ? able.colorMode : able.greyMode;
  const source = feeder ? able.feeder : able.glass;
  return [
    ...['-d', scannerId, '--format=png'],
    ...(able.dpi.length > 0 ? ['--resolution', String(nearest(able.dpi, dpi))] : []),
    ...(mode === null ? [] : ['--mode', mode]),
    ...(source === null ? [] : ['--source', source]),
    ...(able.width === null ? [] : ['-x', String(Math.min(A4_MM.width, able.width))]),
    ...(able.height === null ? [] : ['-y', String(Math.min(A4_MM.height, able.height))]),
    ...(feeder ? [] : ['--batch-count=1']),
  ];
}

const nearest = (known: readonly number[], wanted: number): number =>
  known.reduce((best, dpi) => (Math.abs(dpi - wanted) < Math.abs(best - wanted) ? dpi : best), known[0]!);
