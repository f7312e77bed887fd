import type { PicturePort } from './picture-port.ts';
import { servePictures } from './serve-pictures.ts';

/** Entry of the process that reads pictures and joins pages: files from outside meet native code here, and may take nothing else along. */
const gone = () => process.exit(0);

if (process.parentPort) {
  process.parentPort.once('message', ({ ports: [port] }: { ports: Electron.MessagePortMain[] }) => {
    if (!port) return;
    const served: PicturePort = {
      postMessage: (message) => port.postMessage(message),
      on: (event: 'message' | 'close', listener: (message: unknown) => void) => {
        if (event === 'message') port.on('message', ({ data }) => listener(data));
        else port.on('close', () => listener(undefined));
      },
    };
    servePictures(served, gone);
    port.start();
  });
} else {
  const served: PicturePort = {
    postMessage(message) {
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    on: (event: 'message' | 'close', listener: (message: unknown) => void) =>
      void process.on(event === 'message' ? 'message' : 'disconnect', listener),
  };
  servePictures(served, gone);
}
