import type { MessagePortLike } from './message-port.ts';
import { serveModule } from './pkcs11/serve-module.ts';

/**
 * Entry of the process that owns one PKCS#11 module, foreign native code: it may fall or hang without taking anything along. The
 * shell or a command starts it for the token host, and it ends with the port.
 */
const gone = () => process.exit(0);

if (process.parentPort) {
  process.parentPort.once('message', ({ data, ports: [port] }: { data: unknown; ports: Electron.MessagePortMain[] }) => {
    if (port && typeof data === 'string') serveModule(port, data, gone);
  });
} else {
  const port: MessagePortLike = {
    postMessage(message) {
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    on: (event: 'message' | 'close', listener: (event: unknown) => void) =>
      process.on(event === 'message' ? 'message' : 'disconnect', listener),
    close: () => process.disconnect(),
  };
  serveModule(port, process.argv[2] ?? '', gone);
}
