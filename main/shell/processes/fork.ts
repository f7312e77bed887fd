import { utilityProcess, type UtilityProcess } from 'electron';
import { builtFile } from '../places.ts';

/** Starts a process of ours. What it says goes to our standard error; only the registry's standard output is an answer. */
export function fork(entry: 'core' | 'token-host' | 'registry', args: readonly string[] = []): UtilityProcess {
  const child = utilityProcess.fork(builtFile('main', `${entry}.js`), [...args], {
    serviceName: `kense-${entry}`,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr?.on('data', (text: Buffer) => process.stderr.write(text));
  if (entry !== 'registry') child.stdout?.on('data', (text: Buffer) => process.stderr.write(text));
  return child;
}
