import { spawn } from 'node:child_process';
import path from 'node:path';

export type MeasuredRun = { readonly code: number | null; readonly stdout: string; readonly ms: number; readonly peakMb: number };

const ENTRY = path.resolve('main/cli/index.ts');
/** Says at its end how much memory the process ever held; what resourceUsage tells begins with what its parent held. */
const REPORTER = `data:text/javascript,${encodeURIComponent(
  `import { readFileSync } from 'node:fs';
  process.on('exit', () => process.stderr.write('\\npeak ' + /VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1] + '\\n'));`,
)}`;

/** Runs the command line in a process of its own and measures it; it is ended when it goes past `timeoutMs`. */
export function runMeasured(args: readonly string[], home: string, timeoutMs: number, input = ''): Promise<MeasuredRun> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, ['--import', REPORTER, ENTRY, ...args], {
      env: { ...process.env, XDG_DATA_HOME: home },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    child.on('error', reject);
    // a run that never looks at it may be gone by now
    child.stdin.on('error', () => undefined).end(input);
    child.on('close', (code) => {
      const peak = /peak (\d+)/.exec(stderr);
      resolve({ code, stdout, ms: performance.now() - started, peakMb: peak ? Number(peak[1]) / 1024 : Number.POSITIVE_INFINITY });
    });
  });
}
