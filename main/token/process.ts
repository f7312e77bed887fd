import { connectPinPrompt, serveTokenHost, type PinPrompt, type StartModule } from './index.ts';
import type { FromTokenHost, ToTokenHost } from './process-messages.ts';

/**
 * Entry of the token host process: where PINs and keys live and nothing else. The shell forks it and brings the ports:
 * `prompt` once, `core` again whenever the core was restarted, `module` for each owner of a PKCS#11 module that is asked for.
 */
const tell = (message: FromTokenHost) => process.parentPort.postMessage(message);
let prompt: PinPrompt = () => Promise.resolve(null);

const starting = new Map<number, (port: Electron.MessagePortMain) => void>();
let lastModule = 0;
const startModule: StartModule = (file) => {
  const id = ++lastModule;
  tell({ type: 'start-module', id, file });
  return new Promise((resolve) => starting.set(id, (port) => resolve({ port, end: () => tell({ type: 'end-module', id }) })));
};

process.parentPort.on('message', ({ data, ports: [port] }: { data: ToTokenHost; ports: Electron.MessagePortMain[] }) => {
  if (!port) return;
  switch (data.type) {
    case 'prompt':
      prompt = connectPinPrompt(port);
      return;
    case 'core':
      return serveTokenHost(port, (display, state, way) => prompt(display, state, way), { startModule });
    case 'module':
      starting.get(data.id)?.(port);
      starting.delete(data.id);
      return;
  }
});
