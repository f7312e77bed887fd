import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

export type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string };
const ENTRY = path.resolve('main/cli/index.ts');

/** Runs the command line as its users do: a process of its own. `home` keeps what it lays out for its user apart. */
export function runKense(args: readonly string[], options: { home: string; input?: string; cwd?: string }): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ENTRY, ...args], {
      cwd: options.cwd ?? process.cwd(),
      env: { ...process.env, XDG_DATA_HOME: options.home },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(options.input ?? '');
  });
}

/** Starts `kense registry` and answers what it printed once it was ready. */
export function startKenseRegistry(
  args: readonly string[],
  home: string,
): Promise<{ child: ChildProcess; url: string; adminToken: string; courts: { code: string; enrolmentCode: string }[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ENTRY, 'registry', '--json', ...args], {
      env: { ...process.env, XDG_DATA_HOME: home },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let stdout = '';
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the registry ended: ${code}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8');
      if (stdout.includes('\n'))
        resolve({
          child,
          ...(JSON.parse(stdout) as { url: string; adminToken: string; courts: { code: string; enrolmentCode: string }[] }),
        });
    });
  });
}
