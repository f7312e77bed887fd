import { app, protocol } from 'electron';
import { APP_SCHEME } from './shell/hardening/origin.ts';
import { guardNavigation } from './shell/hardening/navigation.ts';
import { refusedSwitch } from './shell/hardening/refused-switches.ts';
import { setMenu } from './shell/menu.ts';
import { readOptions } from './shell/options.ts';
import { WindowProgram } from './shell/run-window.ts';

const refused = refusedSwitch(process.argv, app.isPackaged);
if (refused !== null) {
  process.stderr.write(`kense: ${refused.split('=')[0]} is not allowed\n`);
  app.exit(64);
}

// root has no user namespace of its own to build the sandbox in
if (process.getuid?.() !== 0) app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
]);
guardNavigation(app);
setMenu(process.platform);

if (!app.requestSingleInstanceLock()) app.exit(0);
else {
  const program = new WindowProgram(readOptions(process.argv));
  let ended = false;
  app.on('second-instance', () => program.focus());
  app.on('window-all-closed', () => app.quit());
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
