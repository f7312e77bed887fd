import { utilityProcess, type UtilityProcess } from 'electron';
import { builtFile } from '../places.ts';

/** Starts a process of ours. Its standard error goes to ours; standard output is nobody's, for answers come as messages. */
export function fork(
  entry: 'core' | 'token-host' | 'token-module' | 'picture-process' | 'registry',
  args: readonly string[] = [],
): UtilityProcess {
  const child = utilityProcess.fork(builtFile('main', `${entry}.js`), [...args], {
    serviceName: `kense-${entry}`,
    // a line for each request of the registry concerns nobody here, and what a vendor's module or a library for pictures prints may name people
    stdio: ['ignore', 'ignore', entry === 'registry' || entry === 'token-module' || entry === 'picture-process' ? 'ignore' : 'pipe'],
  });
  child.stderr?.on('data', (text: Buffer) => process.stderr.write(text));
  return child;
}
