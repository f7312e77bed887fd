import { app, protocol } from 'electron';
import { APP_SCHEME } from './shell/hardening/origin.ts';
import { guardNavigation } from './shell/hardening/guard-navigation.ts';
import { refusedSwitch } from './shell/hardening/refused-switch.ts';
import { setMenu } from './shell/set-menu.ts';
import { readOptions } from './shell/read-options.ts';
import { commandOf, runCommandLine } from './shell/run-command-line.ts';
import { WindowProgram } from './shell/window-program.ts';

function refuse(name: string): void {
  process.stderr.write(`kense: ${name} is not allowed\n`);
  app.exit(64);
}

/** Everything that must hold before the first page exists. */
function harden(): void {
  // root has no user namespace of its own to build the sandbox in
  if (process.getuid?.() !== 0) app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
  ]);
  guardNavigation(app);
  setMenu(process.platform);
}

function openWindow(): void {
  harden();
  if (!app.requestSingleInstanceLock()) return app.exit(0);
  const program = new WindowProgram(readOptions(process.argv));
  let ended = false;
  app.on('second-instance', () => program.focus());
  app.on('window-all-closed', () => program.windowsClosed());
  app.on('will-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    void program.stop().then(() => {
      ended = true;
      app.quit();
    });
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  void app.whenReady().then(() => program.run());
}

const command = commandOf(process.argv, app.isPackaged);
const refused = refusedSwitch(process.argv, app.isPackaged, command === null);
if (refused !== null) refuse(refused.split('=')[0] ?? refused);
else if (command !== null) void runCommandLine(command).then((code) => app.exit(code));
else openWindow();
