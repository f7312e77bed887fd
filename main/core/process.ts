import { v7 as uuidv7 } from 'uuid';
import { DOCUMENT_WINDOW_CHANNELS, DOCUMENT_WINDOW_EVENTS, type CallMessage, type EventMessage } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { connectTokenHost, type KeyPlaces, type TokenHost } from '../token/index.ts';
import { databaseModuleLoads } from './database-module.ts';
import { createTrainingProfile, openCore, type Core } from './index.ts';
import type { CoreStart, FromCore, ToCore } from './process-messages.ts';
import { documentWorkerEntry } from '../documents/worker-entry.ts';
import type { PicturePort, StartPictures } from '../paper/index.ts';
import { workerEntry } from '../signature/worker-entry.ts';
import type { ShellServices } from './shell-services.ts';

/** Entry of the core process: the same core as everywhere, between the ports that the shell brings. */
const shell = process.parentPort;
const tell = (message: FromCore) => shell.postMessage(message);
const clock = () => new Date().toISOString();
const newId = () => uuidv7();

let core: Core | null = null;
let tokenHost: TokenHost | null = null;
let window: Electron.MessagePortMain | null = null;
let documentWindow: Electron.MessagePortMain | null = null;

const waiting = new Map<number, (answer: unknown) => void>();
let lastQuestion = 0;
function askShell<T>(question: (id: number) => FromCore): Promise<T> {
  const id = ++lastQuestion;
  return new Promise((resolve) => {
    waiting.set(id, (answer) => resolve(answer as T));
    tell(question(id));
  });
}

const services: ShellServices = {
  publishDocument: (document) => askShell((id) => ({ type: 'publish-document', id, document })),
  chooseDocuments: () => askShell((id) => ({ type: 'choose-documents', id })),
  chooseModule: () => askShell((id) => ({ type: 'choose-module', id })),
  choosePlace: (fileName) => askShell((id) => ({ type: 'choose-place', id, fileName })),
  saveDocument: (document) => askShell((id) => ({ type: 'save-document', id, document })),
  listPrinters: () => askShell((id) => ({ type: 'list-printers', id })),
  printDocument: (job) => askShell((id) => ({ type: 'print-document', id, job })),
  resetTraining: () => askShell((id) => ({ type: 'reset-training', id })),
};
/** The shell forks the process that reads pictures, for a utility process cannot fork another; it ends with its port. */
const pictureProcesses = new Map<number, (port: Electron.MessagePortMain) => void>();
const startPictures: StartPictures = async () => {
  const id = ++lastQuestion;
  const port = await new Promise<Electron.MessagePortMain>((resolve) => {
    pictureProcesses.set(id, resolve);
    tell({ type: 'start-pictures', id });
  });
  port.start();
  const heard: PicturePort = {
    postMessage: (message) => port.postMessage(message),
    on: (event: 'message' | 'close', listener: (message: unknown) => void) => {
      if (event === 'message') port.on('message', ({ data }) => listener(data));
      else port.on('close', () => listener(undefined));
    },
  };
  return { port: heard, end: () => tell({ type: 'end-pictures', id }) };
};
/** The host process may be restarted; the core keeps one host for its whole life. */
const hostListeners = new Set<() => void>();
let keyPlaces: KeyPlaces = { keyFolders: [], modules: [] };
const currentTokenHost: TokenHost = {
  use(places) {
    keyPlaces = places;
    tokenHost?.use(places);
  },
  list: async () => (tokenHost ? tokenHost.list() : fail('driver-stopped')),
  modules: async (only) => (tokenHost ? tokenHost.modules(only) : fail('driver-stopped')),
  onChange(listener) {
    if (hostListeners.size === 0) tokenHost?.onChange(tellHostListeners);
    hostListeners.add(listener);
    return () => hostListeners.delete(listener);
  },
  open: async (key, display) => (tokenHost ? tokenHost.open(key, display) : fail('driver-stopped')),
  findProgram: async () => (tokenHost ? tokenHost.findProgram() : fail('driver-stopped')),
  openProgram: async (key, language) => (tokenHost ? tokenHost.openProgram(key, language) : fail('driver-stopped')),
};

function tellHostListeners(): void {
  for (const listener of hostListeners) listener();
}

/** A new host knows nothing of the old one's places and watchers. */
function takeTokenHost(host: TokenHost): void {
  tokenHost = host;
  host.use(keyPlaces);
  if (hostListeners.size === 0) return;
  host.onChange(tellHostListeners);
  tellHostListeners(); // tokens may have gone while there was none
}

async function start(config: CoreStart): Promise<Result<null>> {
  const opened = await openCore(
    {
      ...config,
      clock,
      newId,
      startPictures,
      verificationWorker: workerEntry(import.meta.url),
      documentWorker: documentWorkerEntry(import.meta.url),
    },
    { tokenHost: currentTokenHost, shell: services },
  );
  if (!opened.ok) return opened;
  core = opened.value;
  core.onEvent((event, payload) => {
    tell({ type: 'event', event, payload });
    window?.postMessage({ type: 'event', event, payload } satisfies EventMessage);
    if (DOCUMENT_WINDOW_EVENTS.includes(event)) documentWindow?.postMessage({ type: 'event', event, payload } satisfies EventMessage);
  });
  core.startBackground();
  const settings = await core.call({ channel: 'settings.get', input: {} }, { trusted: true });
  if (settings.ok) tell({ type: 'event', event: 'settings.changed', payload: settings.value });
  return ok(null);
}

function serveWindow(port: Electron.MessagePortMain): void {
  window?.close();
  window = port;
  port.on('message', ({ data }) => {
    if (isCall(data)) void answerCall(port, data);
  });
  port.on('close', () => {
    if (window === port) window = null;
  });
  port.start();
  void greet(port);
}

/** Shows one document and is answered little, whatever it asks. */
function serveDocumentWindow(port: Electron.MessagePortMain): void {
  documentWindow?.close();
  documentWindow = port;
  port.on('message', ({ data }) => {
    if (!isCall(data)) return;
    if ((DOCUMENT_WINDOW_CHANNELS as readonly string[]).includes(data.channel)) void answerCall(port, data);
    else port.postMessage({ type: 'answer', id: data.id, result: fail('channel-unknown') });
  });
  port.on('close', () => {
    if (documentWindow === port) documentWindow = null;
  });
  port.start();
}

/** A window that outlived a core must learn that nobody is signed in any more. */
async function greet(port: Electron.MessagePortMain): Promise<void> {
  const session = await core?.call({ channel: 'session.get', input: {} }, { trusted: true });
  if (session?.ok && window === port) {
    port.postMessage({ type: 'event', event: 'session.changed', payload: session.value } satisfies EventMessage);
  }
}

async function answerCall(port: Electron.MessagePortMain, { id, channel, input }: CallMessage): Promise<void> {
  const result = core ? await core.call({ channel, input }, { trusted: true }).catch(() => fail('unexpected')) : fail('core-stopped');
  if (window === port || documentWindow === port) port.postMessage({ type: 'answer', id, result });
}

const isCall = (message: unknown): message is CallMessage =>
  typeof message === 'object' &&
  message !== null &&
  'type' in message &&
  message.type === 'call' &&
  'id' in message &&
  typeof message.id === 'number' &&
  'channel' in message &&
  typeof message.channel === 'string';

/** A fault of ours must leave the shell with an answer, and the reason in its log without any data of the profile. */
async function guarded(work: () => Promise<Result<unknown>>): Promise<Result<null>> {
  if (!databaseModuleLoads()) return fail('database-module-unloadable');
  try {
    const result = await work();
    return result.ok ? ok(null) : result;
  } catch (error) {
    process.stderr.write(`core: ${error instanceof Error ? (error.stack ?? error.name) : 'unknown fault'}\n`);
    return fail('unexpected');
  }
}

async function receive(message: ToCore, port: Electron.MessagePortMain | undefined): Promise<void> {
  switch (message.type) {
    case 'create-training-profile':
      return tell({
        type: 'training-profile',
        result: await guarded(() => createTrainingProfile({ ...message.input, clock, newId })),
      });
    case 'start':
      return tell({ type: 'started', result: await guarded(() => start(message.config)) });
    case 'token-host':
      if (port) takeTokenHost(connectTokenHost(port));
      return;
    case 'window':
      if (port) serveWindow(port);
      return;
    case 'document-window':
      if (port) serveDocumentWindow(port);
      return;
    case 'pictures':
      if (port) pictureProcesses.get(message.id)?.(port);
      pictureProcesses.delete(message.id);
      return;
    case 'lock':
      await core?.call({ channel: 'session.lock', input: {} }, { trusted: true });
      return;
    case 'service-answer':
      waiting.get(message.id)?.(message.answer);
      waiting.delete(message.id);
      return;
    case 'close':
      await core?.close();
      process.exit(0);
  }
}

shell.on('message', ({ data, ports }: { data: ToCore; ports: Electron.MessagePortMain[] }) => void receive(data, ports[0]));
