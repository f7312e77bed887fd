import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Server as TlsServer } from 'node:tls';
import type { Court, CourtEntry } from '../shared/registry/index.ts';
import { ensureCourts } from './courts/ensure-courts.ts';
import { listCourts } from './courts/keep-court.ts';
import type { DocumentStore } from './documents/document-store.ts';
import { openDatabaseStore } from './documents/database-store.ts';
import { openFolderStore } from './documents/folder-store.ts';
import { openMemoryStore } from './documents/memory-store.ts';
import { StagedUploads } from './documents/staged-uploads.ts';
import { completeFeedChains } from './feed/feed-chain.ts';
import { createHeldPolls } from './feed/held-polls.ts';
import type { Registry } from './http/context.ts';
import type { FaultScript } from './http/faults.ts';
import { buildServer } from './http/server.ts';
import { readTls, type TlsFiles } from './http/tls.ts';
import { newUuid } from './new-uuid.ts';
import type { Notifications } from './notifications/configuration.ts';
import { startSending } from './notifications/send-notices.ts';
import { RegistryStartError } from './start-error.ts';
import type { Database } from './store/database.ts';
import { openEmbedded } from './store/embedded.ts';
import { migrate } from './store/migrate.ts';
import { openPostgres } from './store/postgres.ts';
import { ensureMode, ensureSecrets } from './store/secrets.ts';

export type RegistryOptions = {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free one. */
  readonly port?: number;
  /** `embedded`, or the `postgres://` address of a database of its own. */
  readonly database: 'embedded' | (string & {});
  /** Holds the documents, and the embedded database. null: an embedded registry keeps everything in memory, one with a server keeps the documents there. */
  readonly dataDir: string | null;
  readonly mode: 'training' | 'real';
  /** UTC ISO instant. */
  readonly clock: () => string;
  /** UUIDs; default version 7. */
  readonly newId?: () => string;
  /** Courts besides the training court; those that are there already take over changed names, unless somebody has named them since. */
  readonly courts?: readonly Court[];
  /** Tests only. */
  readonly faults?: FaultScript;
  /** Gets one object per request and per failure, without personal data. */
  readonly log?: (line: object) => void;
  /** Real mode: the bearer token of the cabinet; without it the cabinet's side is closed. */
  readonly cabinetToken?: string;
  /** Per workstation, else per address, with bursts of five seconds' worth; default 200, in training 2000. */
  readonly requestsPerSecond?: number;
  /** Enrolments, tokens and sign-ins per address, so that nobody guesses a code; default 5, in training 500. */
  readonly attemptsPerSecond?: number;
  /** Addresses or networks of proxies whose X-Forwarded-For is believed; default none. */
  readonly trustedProxies?: readonly string[];
  /** Speaks HTTPS. */
  readonly tls?: TlsFiles;
  /** Between being no longer ready and closing; default 0. */
  readonly drainSeconds?: number;
  /** The oldest version of a desk whose commands are taken; default: every one. */
  readonly minimumDesk?: string;
  /** Mail server and gateway for notices to people; without it none leaves the registry. */
  readonly notifications?: Notifications;
};

export type RunningRegistry = {
  readonly url: string;
  readonly adminToken: string;
  /** Those that desks can be taken into. */
  readonly courts: Pick<CourtEntry, 'code' | 'nameKk' | 'nameRu' | 'enrolmentCode'>[];
  /** Reads the TLS files anew for connections to come; RegistryStartError when they are no good, then the old ones stay. */
  reloadTls(): void;
  /** Is no longer ready, finishes what is under way, takes nothing new, and closes the database. */
  close(): Promise<void>;
};

/** Training runs are played faster than people work. */
const REQUESTS_PER_SECOND = { real: 200, training: 2000 } as const;
const ATTEMPTS_PER_SECOND = { real: 5, training: 500 } as const;
/** How long requests under way may take to finish when the registry stops. */
const STOP_MS = 5_000;

/** Starts a registry and answers when it listens. What can go wrong on a normal day is a RegistryStartError. */
export async function startRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  const { clock, mode, dataDir, tls } = options;
  const secureContext = tls === undefined ? null : readTls(tls);
  const db = options.database === 'embedded' ? await openEmbedded(dataDir) : openPostgres(options.database);
  const opened: { close(): unknown }[] = [db];
  const keep = <T extends { close(): unknown }>(part: T): T => (opened.unshift(part), part);
  try {
    const documents = keep(openDocuments(db, options));
    const uploads = keep(openUploads(dataDir));
    const secrets = await prepare(db, options);
    const polls = keep(createHeldPolls(db));
    const readiness = { draining: false };
    const registry: Registry = {
      db,
      documents,
      uploads,
      polls,
      mode,
      clock,
      newId: options.newId ?? (() => newUuid(clock())),
      secrets,
      cabinetToken: options.cabinetToken ?? null,
      minimumDesk: options.minimumDesk ?? null,
    };
    const log = options.log ?? (() => undefined);
    const app = buildServer(registry, {
      requestsPerSecond: options.requestsPerSecond ?? REQUESTS_PER_SECOND[mode],
      attemptsPerSecond: options.attemptsPerSecond ?? ATTEMPTS_PER_SECOND[mode],
      trustedProxies: options.trustedProxies ?? [],
      tls: secureContext === null ? null : { ...secureContext, onlyKnown: tls?.clientCa !== null },
      readiness,
      faults: options.faults ?? null,
      log,
      gateway: options.notifications?.gateway ?? null,
    });
    const url = await listen(app, options);
    if (options.notifications) keep(startSending(registry, options.notifications, log));
    const courts = (await listCourts(db)).flatMap(({ revokedAt, ...court }) => (revokedAt === null ? [court] : []));
    return {
      url,
      adminToken: secrets.adminToken,
      courts,
      reloadTls() {
        if (tls !== undefined && app.server instanceof TlsServer) app.server.setSecureContext(readTls(tls));
      },
      close: once(async () => {
        readiness.draining = true;
        polls.close();
        if (options.drainSeconds) await setTimeout(options.drainSeconds * 1000);
        await stop(app);
        for (const part of opened) await part.close();
      }),
    };
  } catch (error) {
    for (const part of opened) await part.close();
    throw error;
  }
}

/** Where a registry with these options keeps its documents. */
export function openDocuments(db: Database, { database, dataDir }: Pick<RegistryOptions, 'database' | 'dataDir'>): DocumentStore {
  if (dataDir !== null) return openFolderStore(path.join(dataDir, 'documents'));
  return database === 'embedded' ? openMemoryStore() : openDatabaseStore(db);
}

/** Beside the documents, where the other registries on the same folder find them too; else only this process knows them. */
function openUploads(dataDir: string | null): StagedUploads {
  if (dataDir !== null) return new StagedUploads(path.join(dataDir, 'incoming'));
  return new StagedUploads(fs.mkdtempSync(path.join(os.tmpdir(), 'kense-uploads-')), { temporary: true });
}

async function prepare(db: Database, { clock, mode, courts = [] }: RegistryOptions) {
  try {
    await migrate(db);
  } catch (error) {
    if (error instanceof RegistryStartError || !isUnreachable(error)) throw error;
    throw new RegistryStartError('registry-unreachable', 'The database cannot be reached with this address.');
  }
  await ensureMode(db, mode);
  await ensureCourts({ db, mode, clock }, courts);
  await completeFeedChains(db);
  return ensureSecrets(db);
}

/** Connection trouble, or the server refuses the name, the password or the database (SQLSTATE classes 08, 28, 3D, 57P). */
function isUnreachable(error: unknown): boolean {
  const { code = '' } = error as { code?: string };
  return /^(ECONN|ENOTFOUND|EACCES|ENOENT|EAI_|ETIMEDOUT|08|28|3D|57P)/.test(code);
}

async function listen(app: ReturnType<typeof buildServer>, { host = '127.0.0.1', port = 0 }: RegistryOptions): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw error;
    throw new RegistryStartError('input-invalid', 'The registry cannot listen on this host and port.');
  }
}

async function stop(app: ReturnType<typeof buildServer>): Promise<void> {
  const impatience = new AbortController();
  void setTimeout(STOP_MS, undefined, impatience).then(
    () => app.server.closeAllConnections(),
    () => undefined,
  );
  await app.close();
  impatience.abort();
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => (running ??= work());
}
