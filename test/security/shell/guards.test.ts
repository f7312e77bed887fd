import { describe, expect, it } from 'vitest';
import { mayNavigate } from '../../../main/shell/hardening/guard-navigation.ts';
import { isOfHost } from '../../../main/shell/hardening/origin.ts';
import { guardPermissions, REFUSED_PERMISSIONS } from '../../../main/shell/hardening/guard-permissions.ts';
import { refusedSwitch } from '../../../main/shell/hardening/refused-switch.ts';
import { mayLoad } from '../../../main/shell/hardening/refuse-foreign-requests.ts';

describe('the navigation guard', () => {
  it('lets a page load itself anew', () => {
    expect(mayNavigate('app://kense/', 'app://kense/')).toBe(true);
    expect(mayNavigate('app://kense/', 'app://kense/?again#queue')).toBe(true);
  });

  it.each([
    'https://example.invalid/',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,<script>1</script>',
    'blob:app://kense/0',
    'about:blank',
    'app://dialog/pin.html',
    'app://kense.example.invalid/',
    'app://kense@example.invalid/',
    'app://user@kense/',
    'app://kense:1/',
    'app://kense/document/00000000000000000000000000000000',
    'app://kense/assets/index.js',
    'APP2://kense/',
    'not an address',
    '',
  ])('keeps the window from %j', (to) => {
    expect(mayNavigate('app://kense/', to)).toBe(false);
  });

  it('keeps a dialog from the window and from everywhere else', () => {
    expect(mayNavigate('app://dialog/pin.html', 'app://kense/')).toBe(false);
    expect(mayNavigate('app://dialog/pin.html', 'https://example.invalid/')).toBe(false);
  });
});

describe('the origin check', () => {
  it('knows our own page whatever its path', () => {
    expect(isOfHost('app://kense/', 'kense')).toBe(true);
    expect(isOfHost('app://kense/?a#b', 'kense')).toBe(true);
  });

  it.each(['', 'about:blank', 'https://kense/', 'app://kensee/', 'app://kense.x/', 'app://x/kense/', 'app:kense', 'data:app://kense/'])(
    'takes %j for a stranger',
    (address) => expect(isOfHost(address, 'kense')).toBe(false),
  );
});

describe('the request guard', () => {
  it.each([
    'https://example.invalid/',
    'http://127.0.0.1:8080/v1',
    'ws://127.0.0.1/',
    'wss://x/',
    'file:///etc/passwd',
    'ftp://x/',
    'chrome://gpu/',
    '',
  ])('lets no page load %j', (address) => {
    expect(mayLoad(address, true)).toBe(false);
    expect(mayLoad(address, false)).toBe(false);
  });

  it('lets pages load our own scheme, and developers their tools', () => {
    expect(mayLoad('app://kense/assets/index.js', true)).toBe(true);
    expect(mayLoad('devtools://devtools/bundled/', false)).toBe(true);
    expect(mayLoad('devtools://devtools/bundled/', true)).toBe(false);
  });
});

describe('the permission table', () => {
  const handlers: Record<string, (...args: unknown[]) => unknown> = {};
  const session = new Proxy({}, { get: (_none, name: string) => (handler: never) => (handlers[name] = handler) });
  guardPermissions(session as never);
  const asks = (permission: string, origin: string) => {
    const answers: unknown[] = [handlers['setPermissionCheckHandler']!(null, permission, origin)];
    handlers['setPermissionRequestHandler']!(null, permission, (granted: boolean) => answers.push(granted), { requestingUrl: origin });
    return answers;
  };

  it('gives a reason for every refusal', () => {
    for (const reason of Object.values(REFUSED_PERMISSIONS)) expect(reason.length).toBeGreaterThan(10);
  });

  it('refuses every permission, also one that nobody knows yet', () => {
    for (const permission of [...Object.keys(REFUSED_PERMISSIONS), 'invented-tomorrow']) {
      expect(asks(permission, 'app://kense/')).toEqual([false, false]);
    }
    expect(handlers['setDevicePermissionHandler']!({})).toBe(false);
  });

  it('lets the window copy, and nobody else', () => {
    expect(asks('clipboard-sanitized-write', 'app://kense/')).toEqual([true, true]);
    for (const other of ['app://dialog/', 'https://example.invalid/', '', 'null', 'app://kense.x/']) {
      expect(asks('clipboard-sanitized-write', other)).toEqual([false, false]);
    }
  });
});

describe('the switches of a packaged program', () => {
  it.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-port',
    '--REMOTE-DEBUGGING-PORT=1',
    '--remote-debugging-pipe',
    '--remote-allow-origins=*',
    '--inspect',
    '--inspect=0.0.0.0:9229',
    '--inspect-brk',
    '--inspect-port=1',
    '--js-flags=--allow-natives-syntax',
    '--load-extension=/x',
    '--disable-web-security',
    '--proxy-server=127.0.0.1:1',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--ignore-certificate-errors',
    '--no-sandbox',
  ])('do not include %s', (given) => {
    expect(refusedSwitch(['kense', '--training', given], true, true)).toBe(given);
    expect(refusedSwitch(['electron', given], false, true)).toBeNull();
  });

  it('include doing without a sandbox only where there is no window', () => {
    expect(refusedSwitch(['kense', '--no-sandbox', 'doctor'], true, false)).toBeNull();
    expect(refusedSwitch(['kense', '--inspect', 'doctor'], true, false)).toBe('--inspect');
  });

  it('do include its own', () => {
    expect(refusedSwitch(['kense', '--training', '--profile=/data', '--inspection'], true, true)).toBeNull();
  });
});
