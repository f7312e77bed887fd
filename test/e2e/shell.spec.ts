import { CHANNEL_NAMES, EVENT_NAMES } from '../../shared/contract/index.ts';
import { expect, test } from '../support/e2e/fixtures.ts';

test('the window opens on its own scheme, in a sandbox, with the mark of training', async ({ app, page }) => {
  await expect.poll(() => page.url()).toBe('app://kense/');
  const window = await app.browserWindow(page);
  expect(await window.evaluate((shown) => shown.getTitle())).toContain('ОҚУ РЕЖИМІ');
  expect(await window.evaluate((shown) => shown.getMinimumSize())).toEqual([1280, 680]);
  expect(await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis))).toEqual([]);
});

test('every answer of our scheme carries the content policy', async ({ page, faults }) => {
  const policies = await page.evaluate(async () => {
    const policyOf = async (path: string) => (await fetch(path)).headers.get('content-security-policy') ?? 'none';
    return { page: await policyOf('/'), worker: await policyOf('/pdfjs/pdf.worker.min.mjs'), missing: await policyOf('/nothing.js') };
  });
  expect(policies.page).toContain("default-src 'none'");
  expect(policies.page).toContain("connect-src 'self'");
  expect(policies.page).not.toContain('unsafe');
  expect(policies.worker).toContain("'wasm-unsafe-eval'");
  expect(policies.worker.replaceAll("'wasm-unsafe-eval'", '')).not.toContain('unsafe');
  expect(policies.missing).toContain("default-src 'none'");
  expect(faults.splice(0)).toEqual([expect.stringContaining('404')]);
});

test('the window can neither leave its page nor open another nor reach the network', async ({ app, page, faults }) => {
  const before = app.windows().length;
  await page.evaluate(() => {
    window.location.href = 'https://example.invalid/';
  });
  expect(await page.evaluate(() => window.open('https://example.invalid/'))).toBeNull();
  expect(await page.evaluate(() => fetch('https://example.invalid/').then(String, (error: unknown) => (error as Error).name))).toBe(
    'TypeError',
  );
  expect(await page.evaluate(() => fetch('file:///etc/passwd').then(String, (error: unknown) => (error as Error).name))).toBe('TypeError');
  expect(page.url()).toBe('app://kense/');
  expect(app.windows().length).toBe(before);
  // the browser reports the refusals, and nothing else may be wrong
  const others = faults.filter((fault) => !/example\.invalid|file:\/\/\/etc\/passwd|Content Security Policy/.test(fault));
  faults.splice(0, faults.length, ...others);
});

test('every permission is refused', async ({ page }) => {
  const answers = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi', 'persistent-storage'];
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state));
  });
  expect(new Set(answers)).toEqual(new Set(['denied']));
});

test('the window may copy a number, and can read nothing from the clipboard', async ({ app, page }) => {
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await page.evaluate(() => navigator.clipboard.writeText('9900-26-000001'));
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('9900-26-000001');
  expect(await page.evaluate(() => navigator.clipboard.readText().then(String, (error: unknown) => (error as Error).name))).toBe(
    'NotAllowedError',
  );
});

test('the preload offers exactly the functions of the contract', async ({ page }) => {
  const surface = await page.evaluate(() => {
    const kense = (globalThis as unknown as { kense: Record<string, Record<string, unknown>> }).kense;
    return Object.entries(kense).flatMap(([group, functions]) => Object.keys(functions).map((name) => `${group}.${name}`));
  });
  const camel = (name: string) => name.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
  const on = (event: string) => `on.${event.replace(/\.(.)/, (_dot, letter: string) => letter.toUpperCase())}`;
  expect(surface.sort()).toEqual([...CHANNEL_NAMES.map(camel), ...EVENT_NAMES.map(on)].sort());
});

test('a call with anything but one object is refused before it leaves the window', async ({ page }) => {
  const codes = await page.evaluate(async () => {
    type Loose = (...inputs: unknown[]) => Promise<{ ok: boolean; error?: { code: string } }>;
    const get = (globalThis as unknown as { kense: { office: { get: Loose } } }).kense.office.get;
    const answers = [await get(), await get({}, {}), await get('x'), await get(null), await get([])];
    return answers.map(({ error }) => error?.code);
  });
  expect(codes).toEqual(Array.from({ length: 5 }, () => 'input-invalid'));
});

test('a page that is loaded anew talks to the same core', async ({ page }) => {
  const court = () =>
    page.evaluate(async () => {
      const answer = await (globalThis as unknown as { kense: { office: { get(input: object): Promise<unknown> } } }).kense.office.get({});
      return JSON.stringify(answer);
    });
  const first = await court();
  await page.reload();
  expect(first).toContain('"ok":true');
  expect(await court()).toBe(first);
});

test('a second start shows the first window and ends', async ({ app, page, desk }) => {
  const { launchKense } = await import('../support/e2e/launch.ts');
  const second = launchKense({ userData: desk }).then(
    (late) => late.close().then(() => 'opened'),
    () => 'refused',
  );
  expect(await second).toBe('refused');
  expect(app.windows()).toContain(page);
});
