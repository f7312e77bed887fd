import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, syncOnce, type Desk } from '../../../main/core/index.ts';
import { officeChannels } from '../../../main/core/channels/office-channels.ts';
import type { CoreContext } from '../../../main/core/core-context.ts';
import { openDataKey, readProfile } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { startRegistry, type RunningRegistry } from '../../../registry/index.ts';
import { ok } from '../../../shared/result.ts';
import { realDesk } from '../../support/desk/real-desk.ts';
import { must, RESOURCES, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

const COURT = { code: '7599', nameKk: 'Алматы қалалық соты', nameRu: 'Алматинский городской суд' };
const clock = () => new Date().toISOString();

let training: TrainingOffice;
let registry: RunningRegistry;
let real: Desk;
/** What the registries were asked, by method and route. */
const asked: Record<'training' | 'real', string[]> = { training: [], real: [] };
const noting = (who: 'training' | 'real') => (request: { method: string; route: string }) => (
  asked[who].push(`${request.method} ${request.route}`),
  null
);
const open: Desk[] = [];

beforeAll(async () => {
  training = await trainingOffice({ samples: 1, registry: { faults: noting('training') } });
  registry = await startRegistry({
    ...{ database: 'embedded', dataDir: null, mode: 'real', clock, newId, courts: [COURT] },
    faults: noting('real'),
  });
  real = await realDesk(registry.url, registry.courts.find(({ code }) => code === COURT.code)!.enrolmentCode, clock);
  open.push(real);
});
afterAll(async () => {
  for (const desk of open) desk.close();
  await training.close();
  await registry.close();
});

const tokenHost = createTokenHost(() => Promise.resolve(null));
const contextOf = (desk: Pick<Desk, 'profile'>, reset: () => void) =>
  ({ desk, shell: { resetTraining: () => (reset(), Promise.resolve(ok(null))) } }) as unknown as CoreContext;
const answerOf = (desk: Pick<Desk, 'profile'>, reset: () => void) =>
  officeChannels(contextOf(desk, reset))['training.reset']({}, undefined as never);

describe('training and real work stay apart', () => {
  it('a training desk that is led to a real registry asks it for its mode alone, and hands nothing over', async () => {
    await training.submit(training.samples[0]!);
    must(await syncOnce(training.desk));
    const waiting = () => training.desk.store.read.all('SELECT * FROM outbox');
    const filings = () => training.desk.store.read.all('SELECT * FROM filing');
    const before = { waiting: waiting(), filings: filings() };
    expect(before.filings).toHaveLength(1);
    training.desk.close();
    const dataKey = must(openDataKey(training.profileDir, { kind: 'open' }));
    const config = { profileDir: training.profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: registry.url, clock, newId };
    const led = must(await openDesk(config, { tokenHost }));
    asked.real.length = 0;
    expect(await syncOnce(led)).toMatchObject({ ok: false, error: { code: 'registry-mode-mismatch' } });
    expect(new Set(asked.real)).toEqual(new Set(['GET /v1/health']));
    // even past that question the registry knows no such desk
    expect((await led.client.feed(0, 1)).ok).toBe(false);
    led.close();
    await training.reopen();
    expect({ waiting: waiting(), filings: filings() }).toEqual(before);
  });

  it('a real desk that is led to a training registry asks it for its mode alone, and takes nothing in', async () => {
    const profileDir = real.config.profileDir;
    real.close();
    open.length = 0;
    const passphrase = { kind: 'passphrase', passphrase: 'a passphrase of the tests' } as const;
    const dataKey = must(openDataKey(profileDir, passphrase));
    const config = { profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: training.registry.url, clock, newId };
    const led = must(await openDesk(config, { tokenHost }));
    open.push(led);
    asked.training.length = 0;
    expect(await syncOnce(led)).toMatchObject({ ok: false, error: { code: 'registry-mode-mismatch' } });
    expect(new Set(asked.training)).toEqual(new Set(['GET /v1/health']));
    expect(led.store.read.all('SELECT * FROM filing')).toEqual([]);
    expect(must(readProfile(profileDir)).mode).toBe('real');
  });

  it('the core begins training anew on a training desk alone; for a real one the shell is not even asked', async () => {
    let resets = 0;
    expect(await answerOf(real, () => resets++)).toMatchObject({ ok: false, error: { code: 'training-only' } });
    expect(resets).toBe(0);
    expect(await answerOf(training.desk, () => resets++)).toEqual(ok(null));
    expect(resets).toBe(1);
  });
});
