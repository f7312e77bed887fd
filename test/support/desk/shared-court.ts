import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { createProfile, openDesk, pull, type Desk } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { submitFiling } from '../../../main/sync/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { startRegistry, type RunningRegistry } from '../../../registry/index.ts';
import { tempDir } from '../temp-dir.ts';
import { layCable, type Cable } from './cable.ts';
import type { CourtDeskAnswer, CourtDeskQuestion, CourtDeskStart } from './court-desk-process.ts';
import { doWork, handsOf, type DeskHands, type People } from './desk-steps.ts';
import { must, RESOURCES } from './training-office.ts';

/** One of several desks of a court, with its own cable and its own idea of the time. */
export type CourtDesk = {
  readonly name: string;
  readonly cable: Cable;
  /** Of a desk in this process. */
  readonly desk: Desk;
  readonly hands: DeskHands;
  /** The line is back; connections that fell with it have been noticed. */
  plugIn(): Promise<void>;
  /** The program dies and is started again; nobody is told. */
  kill(): Promise<void>;
  /** It dies in the middle of a round, when so many pieces have gone out on its cable; one in this process dies before it. */
  killInRound(pieces: number): Promise<void>;
  close(): Promise<void>;
};
type Role = 'secretary' | 'judge' | 'office-head';
export type SharedCourt = {
  readonly registry: RunningRegistry;
  readonly desks: readonly CourtDesk[];
  /** Users of the court by role. */
  userOf: (role: Role) => string;
  readonly people: People;
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
  /** It runs in a process of its own and is killed by a signal. */
  readonly ownProcess?: boolean;
};

export async function sharedCourt(
  kinds: readonly DeskKind[],
  on: { database: string; dataDir: string | null } = { database: 'embedded', dataDir: null },
): Promise<SharedCourt> {
  let passed = 0;
  const clock = () => new Date(Date.now() + passed).toISOString();
  const registry = await startRegistry({ ...on, mode: 'training', clock, newId });
  const desks: CourtDesk[] = [];
  const users = new Map<Role, string>();
  const enrolled: Enrolled[] = [];
  for (const kind of kinds) enrolled.push(await enrolDesk(registry, kind, () => passed + kind.clockOff * 1000));
  for (const [index, kind] of kinds.entries()) {
    const desk = await enrolled[index]!.open();
    must(await pull(desk));
    for (const role of ['secretary', 'judge', 'office-head'] as const) users.set(role, userOf(desk, role));
    if (kind.ownProcess) desk.close();
    desks.push(await (kind.ownProcess ? deskInProcess : deskHere)(`desk ${index + 1}`, enrolled[index]!, desk));
  }
  const named = (role: Role) => users.get(role)!;
  return {
    registry,
    desks,
    userOf: named,
    people: { secretary: named('secretary'), head: named('office-head') },
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
      for (const desk of desks) await desk.close();
      await registry.close();
    },
  };
}

const userOf = (desk: Desk, role: Role) =>
  desk.store.read.get<{ id: string }>('SELECT id FROM app_user WHERE EXISTS (SELECT 1 FROM json_each(roles) WHERE value = ?)', role)!.id;

type Enrolled = {
  readonly cable: Cable;
  readonly profileDir: string;
  readonly sharesQueue: boolean;
  readonly clockMs: () => number;
  open(): Promise<Desk>;
};

async function enrolDesk(registry: RunningRegistry, { sharesQueue }: DeskKind, clockMs: () => number): Promise<Enrolled> {
  const clock = () => new Date(Date.now() + clockMs()).toISOString();
  const cable = await layCable(registry.url);
  const profileDir = path.join(tempDir(), 'desk');
  const { enrolmentCode } = registry.courts[0]!;
  const enrolment = { profileDir, registryUrl: registry.url, enrolmentCode, training: true, clock, newId };
  must(await createProfile({ ...enrolment, protector: { kind: 'open' } }));
  const dataKey = must(openDataKey(profileDir, { kind: 'open' }));
  const tokenHost = createTokenHost(() => Promise.resolve(null));
  const config = { profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: cable.url, clock, newId, sharesQueue };
  return { cable, profileDir, sharesQueue, clockMs, open: async () => must(await openDesk(config, { tokenHost })) };
}

const plugIn = async (cable: Cable, hands: DeskHands) => {
  Object.assign(cable, { out: false, losesAnswers: 0 });
  while (!(await hands.isUp()));
};

function deskHere(name: string, { cable, ...enrolled }: Enrolled, first: Desk): Promise<CourtDesk> {
  let desk = first;
  const hands = handsOf((work, args) => doWork(desk, work, args));
  const kill = async () => {
    desk.close();
    desk = await enrolled.open();
  };
  return Promise.resolve({
    name,
    cable,
    get desk() {
      return desk;
    },
    hands,
    plugIn: () => plugIn(cable, hands),
    kill,
    killInRound: kill,
    close: () => (desk.close(), cable.close()),
  });
}

async function deskInProcess(name: string, { cable, clockMs, ...more }: Enrolled): Promise<CourtDesk> {
  const { profileDir, sharesQueue } = more;
  const start = async () => {
    const given: CourtDeskStart = { profileDir, sharesQueue, registryUrl: cable.url, clockMs: clockMs() };
    const started = fork(path.resolve('test/support/desk/court-desk-process.ts'), [JSON.stringify(given)]);
    await Promise.race([
      once(started, 'message'),
      once(started, 'exit').then(() => Promise.reject(new Error(`${name} ended before it was open`))),
    ]);
    return started;
  };
  let child = await start();
  const hands = handsOf(async (work, args) => {
    const answered = answerOf(child, name);
    child.send({ name: work, args, clockMs: clockMs() } satisfies CourtDeskQuestion);
    const answer = await answered;
    if ('error' in answer) throw new Error(`${name}: ${answer.error}`);
    return answer.value;
  });
  const end = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const kill = async () => {
    await end();
    child = await start();
  };
  return {
    name,
    cable,
    get desk(): Desk {
      throw new Error(`${name} is in another process`);
    },
    hands,
    plugIn: () => plugIn(cable, hands),
    kill,
    killInRound: async (pieces) => {
      let left = pieces;
      const reached = new Promise<void>((resolve) => {
        cable.onPiece = () => {
          if (--left <= 0) resolve();
        };
      });
      const round = hands.round().then(
        () => undefined,
        () => undefined,
      );
      await Promise.race([reached, round]);
      cable.onPiece = null;
      await kill();
      await round;
    },
    close: async () => {
      await end();
      await cable.close();
    },
  };
}

/** Ends with an error when the process ends first. */
function answerOf(child: ChildProcess, name: string): Promise<CourtDeskAnswer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error(`${name} has ended`));
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer as CourtDeskAnswer);
    });
  });
}

const WINDOW: DeskKind = { clockOff: 0, sharesQueue: true };

/** Two desks with a window each, side by side, and the secretary who works at both. */
export async function twoDesks(): Promise<{ court: SharedCourt; first: Desk; second: Desk; secretary: string }> {
  const court = await sharedCourt([WINDOW, WINDOW]);
  return { court, first: court.desks[0]!.desk, second: court.desks[1]!.desk, secretary: court.userOf('secretary') };
}
