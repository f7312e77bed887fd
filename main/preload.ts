import { contextBridge, ipcRenderer } from 'electron';
import { CoreLink } from './shell/core-link.ts';
import { PORT_MESSAGE, READY_MESSAGE, STOPPED_MESSAGE } from './shell/window-messages.ts';
import { buildWindowApi } from './shell/window-api.ts';

declare const __CHANNEL_NAMES__: readonly string[];
declare const __EVENT_NAMES__: readonly string[];

const link = new CoreLink();

// The port stays on this side of the bridge.
ipcRenderer.on(PORT_MESSAGE, ({ ports: [port] }) => {
  if (!port) return;
  port.onmessage = ({ data }) => link.receive(data);
  link.connect(port);
});
ipcRenderer.on(STOPPED_MESSAGE, (_event, restarting: unknown) => link.stop(restarting === true));

contextBridge.exposeInMainWorld('kense', buildWindowApi(__CHANNEL_NAMES__, __EVENT_NAMES__, link.call, link.subscribe));
ipcRenderer.send(READY_MESSAGE);
