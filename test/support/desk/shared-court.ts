import path from 'node:path';
import { v7 as newId } from 'uuid';
import { createProfile, openDesk, pull, type Desk } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { submitFiling } from '../../../main/sync/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { startRegistry, type RunningRegistry } from '../../../registry/index.ts';
import { tempDir } from '../temp-dir.ts';
import { layCable, type Cable } from './cable.ts';
import { must, RESOURCES } from './training-office.ts';

/** One of several desks of a court, with its own cable and its own idea of the time. */
export type CourtDesk = {
  readonly name: string;
  readonly cable: Cable;
  readonly desk: Desk;
  /** The line is back; connections that fell with it have been noticed. */
  plugIn(): Promise<void>;
  /** The program dies and is started again; nobody is told. */
  kill(): Promise<void>;
};
export type SharedCourt = {
  readonly registry: RunningRegistry;
  readonly desks: readonly CourtDesk[];
  /** Users of the court by role. */
  userOf(role: 'secretary' | 'judge' | 'office-head'): string;
  /** A filing without documents, sent to the court. */
  submit(): Promise<string>;
  /** Time goes by for the registry and for every desk. */
  pass(seconds: number): void;
  close(): Promise<void>;
};

export type DeskKind = {
  /** How far its clock is off. Seconds. */
  readonly clockOff: number;
  /** It goes on running and hands over, as a desk with a window. */
  readonly sharesQueue: boolean;
};

export async function sharedCourt(kinds: readonly DeskKind[]): Promise<SharedCourt> {
  let passed = 0;
  const clock = (offSeconds: number) => () => new Date(Date.now() + passed + offSeconds * 1000).toISOString();
  const registry = await startRegistry({ database: 'embedded', dataDir: null, mode: 'training', clock: clock(0), newId });
  const desks: CourtDesk[] = [];
  for (const [index, kind] of kinds.entries()) desks.push(await enrolDesk(registry, `desk ${index + 1}`, clock(kind.clockOff), kind));
  for (const { desk } of desks) must(await pull(desk));
  return {
    registry,
    desks,
    userOf: (role) =>
      desks
        .at(-1)!
        .desk.store.read.get<{ id: string }>('SELECT id FROM app_user WHERE EXISTS (SELECT 1 FROM json_each(roles) WHERE value = ?)', role)!
        .id,
    submit: async () => {
      const parties = [{ side: 'claimant', type: 'person', iin: '870131400012', name: 'Әлия Өмірбекова' }];
      const folder = { court: '9900', kind: 'claim', language: 'kk', parties, documents: [] };
      const read = () => Promise.resolve(null);
      return must(await submitFiling({ registryUrl: registry.url, folder, read, idempotencyKey: newId() })).id;
    },
    pass: (seconds) => {
      passed += seconds * 1000;
    },
    close: async () => {
      for (const { desk, cable } of desks) {
        desk.close();
        await cable.close();
      }
      await registry.close();
    },
  };
}

async function enrolDesk(registry: RunningRegistry, name: string, clock: () => string, kind: DeskKind): Promise<CourtDesk> {
  const cable = await layCable(registry.url);
  const profileDir = path.join(tempDir(), 'desk');
  const enrolmentCode = registry.courts[0]!.enrolmentCode;
  must(
    await createProfile({
      profileDir,
      registryUrl: registry.url,
      enrolmentCode,
      training: true,
      protector: { kind: 'open' },
      clock,
      newId,
    }),
  );
  const dataKey = must(openDataKey(profileDir, { kind: 'open' }));
  const tokenHost = createTokenHost(() => Promise.resolve(null));
  const { sharesQueue } = kind;
  const open = async () =>
    must(
      await openDesk({ profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: cable.url, clock, newId, sharesQueue }, { tokenHost }),
    );
  let desk = await open();
  return {
    name,
    cable,
    get desk() {
      return desk;
    },
    plugIn: async () => {
      Object.assign(cable, { out: false, losesAnswers: 0 });
      while (!(await desk.client.health()).ok);
    },
    kill: async () => {
      desk.close();
      desk = await open();
    },
  };
}
