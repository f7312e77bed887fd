import { afterEach, expect, it } from 'vitest';
import { openCore, type Core, type CoreConfig } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { REGISTRY_PATHS } from '../../../shared/registry/index.ts';
import type { SyncStatus } from '../../../shared/contract/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { startFaultProxy, type FaultProxy } from '../../support/fault-proxy.ts';
import { must, RESOURCES, sampleOf, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { withoutPrinter } from '../../support/desk/without-printer.ts';

let office: TrainingOffice;
let line: FaultProxy;
let core: Core;
afterEach(async () => {
  await core.close();
  await office.registry.close();
  await line.close();
});

/** A core whose own rounds come once a day, so that whatever happens was called for. */
async function openWaiting(more: Partial<CoreConfig> = {}) {
  office = await trainingOffice({ line: async (url) => (line = await startFaultProxy(url)).url });
  const { clock, newId } = office.desk.config;
  office.desk.close();
  const dataKey = must(openDataKey(office.profileDir, { kind: 'open' }));
  const tokenHost = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
  const shell = {
    chooseDocuments: () => Promise.resolve({ ok: true as const, value: [] }),
    ...withoutPrinter,
    publishDocument: () => Promise.resolve(''),
    saveDocument: () => Promise.resolve({ ok: true as const, value: null }),
  };
  const config = { profileDir: office.profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: line.url, clock, newId, version: '0.0.0' };
  core = must(await openCore({ ...config, roundMs: 24 * 3_600_000, ...more }, { tokenHost, shell }));
  let arrived = 0;
  const said: SyncStatus[] = [];
  core.onEvent((event, payload) => {
    if (event === 'work.changed') arrived += (payload as { arrived: number }).arrived;
    if (event === 'sync.changed') said.push(payload as SyncStatus);
  });
  core.startBackground();
  await expect.poll(waits, { timeout: 30_000 }).toBe(true);
  return { arrived: () => arrived, said };
}
const waits = async () => (await (await fetch(`${office.registry.url}/metrics`)).text()).includes('\nkense_registry_held_polls 1\n');

it('a filing that is submitted arrives without anybody asking for it', async () => {
  const { arrived } = await openWaiting();
  await office.submit(sampleOf(office, 'good', 'claim'));
  await expect.poll(arrived, { timeout: 30_000 }).toBe(1);
  await office.submit(sampleOf(office, 'good', 'claim'));
  await expect.poll(arrived, { timeout: 30_000 }).toBe(2);
});

it('goes on waiting after the line was lost, and does not ask without end while it is', async () => {
  const { arrived } = await openWaiting({ random: () => 0 });
  let lost = 0;
  line.follow(() => (lost++, { kind: 'lose-request' }));
  await office.submit(sampleOf(office, 'good', 'claim'));
  await expect.poll(() => lost, { timeout: 30_000 }).toBeGreaterThan(1);
  expect(arrived()).toBe(0);
  line.follow(null);
  await expect.poll(arrived, { timeout: 30_000 }).toBe(1);
  expect(lost).toBeLessThan(40);
});

it('whoever saw a round under way is told of its end; a round that nobody saw is not spoken of', async () => {
  const { said } = await openWaiting({ roundMs: 50 });
  const look = async () => must(await core.call({ channel: 'sync.status', input: {} }, { trusted: true })) as SyncStatus;
  await expect.poll(async () => (await look()).online, { timeout: 30_000 }).toBe(true);
  let rounds = 0;
  const seen: Promise<SyncStatus>[] = [];
  let watch: 'nothing' | 'one round' = 'nothing';
  line.follow(({ route }) => {
    if (route !== REGISTRY_PATHS.health) return null;
    rounds++;
    if (watch === 'one round' && seen.length === 0) seen.push(look());
    return null;
  });
  const three = async () => {
    const before = rounds;
    await expect.poll(() => rounds, { timeout: 30_000 }).toBeGreaterThan(before + 2);
  };
  await three();
  said.length = 0;
  await three();
  expect(said).toEqual([]);
  watch = 'one round';
  await three();
  expect(await seen[0]).toMatchObject({ syncing: true });
  expect(said).toMatchObject([{ syncing: false, online: true }]);
});
