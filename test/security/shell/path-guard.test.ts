import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { serveFolder } from '../../../main/shell/serving/serve-folder.ts';
import { resolveAsset } from '../../../main/shell/serving/resolve-asset.ts';

const parent = mkdtempSync(path.join(os.tmpdir(), 'kense-assets-'));
const folder = path.join(parent, 'renderer');
mkdirSync(path.join(folder, 'assets'), { recursive: true });
mkdirSync(path.join(parent, 'renderer-secrets'));
writeFileSync(path.join(folder, 'index.html'), 'page');
writeFileSync(path.join(folder, 'assets/index.js'), 'script');
writeFileSync(path.join(folder, 'notes.key'), 'not of a served kind');
writeFileSync(path.join(parent, 'secret.html'), 'secret');
writeFileSync(path.join(parent, 'renderer-secrets/secret.html'), 'secret');
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe('the path guard of the window', () => {
  it.each([
    ['app://kense/', 'index.html'],
    ['app://kense/index.html', 'index.html'],
    ['app://kense/assets/index.js', 'assets/index.js'],
    ['app://kense/assets/index.js?v=1#part', 'assets/index.js'],
    ['app://kense/assets/%D0%B0.js', 'assets/а.js'],
  ])('answers %s with a file of the folder', (address, file) => {
    expect(resolveAsset(folder, address)).toBe(path.join(folder, file));
  });

  it.each([
    'app://kense/../secret.html',
    'app://kense/assets/../../secret.html',
    'app://kense/..',
    'app://kense/.',
    'app://kense/./index.html',
    'app://kense/%2e%2e/secret.html',
    'app://kense/%2E%2E/secret.html',
    'app://kense/.%2e/secret.html',
    'app://kense/..%2fsecret.html',
    'app://kense/..%2Fsecret.html',
    'app://kense/..%5csecret.html',
    'app://kense/..\\secret.html',
    'app://kense/assets\\..\\..\\secret.html',
    'app://kense/%252e%252e/secret.html',
    'app://kense/%252e%252e%252fsecret.html',
    'app://kense/%c0%ae%c0%ae/secret.html',
    'app://kense/../renderer-secrets/secret.html',
    'app://kense/-secrets/../../renderer-secrets/secret.html',
    'app://kense/index.html%00.js',
    'app://kense/index.html\0.js',
    'app://kense/%00',
    'app://kense/%',
    'app://kense/%zz',
    'app://kense/C:/Windows/win.ini',
    'app://kense/index.html::$DATA',
    'app://kense/assets/',
    'app://kense',
    'app:index.html',
    'index.html',
    '',
  ])('refuses %j', (address) => {
    expect(resolveAsset(folder, address)).toBeNull();
  });

  it('takes extra slashes for names of its own folder, never for the root of the disk', () => {
    for (const address of ['app://kense//etc/passwd', 'app://kense///etc/passwd', `app://kense/${parent}/secret.html`]) {
      const file = resolveAsset(folder, address);
      expect(file === null || file.startsWith(folder + path.sep)).toBe(true);
    }
  });

  it('serves only kinds of files that a build contains, by GET, with the policy', async () => {
    const serve = serveFolder(folder, () => "default-src 'none'");
    const page = await serve(new Request('app://kense/'));
    expect([page.status, await page.text()]).toEqual([200, 'page']);
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await serve(new Request('app://kense/notes.key'))).status).toBe(404);
    expect((await serve(new Request('app://kense/assets'))).status).toBe(404);
    expect((await serve(new Request('app://kense/missing.js'))).status).toBe(404);
    expect((await serve(new Request('app://kense/', { method: 'POST' }))).status).toBe(405);
  });
});
