import { RegistryStartError } from './start-error.ts';
import type { RunningRegistry } from './start-registry.ts';

/** SIGHUP takes up renewed TLS files, as servers do; broken ones are told and change nothing. */
export function reloadOnHangUp(registry: RunningRegistry, say: (text: string) => void): void {
  process.on('SIGHUP', () => {
    try {
      registry.reloadTls();
    } catch (error) {
      if (!(error instanceof RegistryStartError)) throw error;
      say(`${error.message} The ones before stay.`);
    }
  });
}
