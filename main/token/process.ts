import { connectPinPrompt, serveTokenHost } from './index.ts';
import type { PinPrompt } from './index.ts';

/**
 * Entry of the token host process: where PINs and keys live and nothing else. The shell forks it and brings the ports:
 * `prompt` once, `core` again whenever the core was restarted.
 */
let prompt: PinPrompt = () => Promise.resolve(null);

process.parentPort.on('message', ({ data, ports: [port] }: { data: unknown; ports: Electron.MessagePortMain[] }) => {
  if (!port) return;
  if (data === 'prompt') prompt = connectPinPrompt(port);
  if (data === 'core') serveTokenHost(port, (display, state) => prompt(display, state));
});
