import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findPostgres, startPostgresCluster, type PostgresCluster } from '../../support/registry/postgres-cluster.ts';
import { less, more, type Measure } from '../measure.ts';
import { settleCountry, submit, type Country } from './country.ts';
import { fillBase } from './fill-base.ts';
import { createLoadClient, inLanes, percentile, type LoadClient, type Timings } from './http-load.ts';
import { plainInserts } from './plain-inserts.ts';
import { processorSeconds } from './processor-time.ts';
import { feedEnds, perFiling, writtenRows } from './written-rows.ts';

export type RegistryBench = {
  /** Filings of the day. */
  readonly filings: number;
  readonly courts: number;
  /** Filings that are in the base already, one run for each; the last is compared with the first. */
  readonly bases: readonly number[];
};
export const NATIONAL_DAY: RegistryBench = { filings: 30_000, courts: 360, bases: [10_000, 1_000_000] };

const DESKS_PER_COURT = 3;
/** Filings sent to a base that is full already. */
const PROBE_FILINGS = 1000;
const LANES = 16;
const BURST_PER_SECOND = 3;
const BURST_SECONDS = 60;
/** What the founding figures of a national day ask of a registry that has nine hours for it. */
const NEEDED_PER_SECOND = 30_000 / (9 * 3600);
const CABINET_TOKEN = 'cabinet-of-the-benchmark';

/** One server on this machine under the load of a country; PostgreSQL keeps its promises to the disk. */
export async function benchRegistry({ filings, courts, bases }: RegistryBench = NATIONAL_DAY): Promise<Measure[]> {
  const programs = findPostgres();
  if (programs === null) throw new Error('PostgreSQL is not installed');
  const folder = mkdtempSync(path.join(tmpdir(), 'kense-bench-'));
  const cluster = await startPostgresCluster(programs, { durable: true });
  try {
    const measures: Measure[] = [];
    const day = await withRegistry(cluster, folder, courts, (running) => playDay(running, filings));
    const target = await cluster.freshDatabase();
    const limit = await plainInserts(
      { programs, source: day.database, target, folder },
      { transactions: CHANGES_OF_ONE_FILING, rows: day.rows },
      filings,
    );
    measures.push(more('a day, whole way of a filing', 'filings/s', day.perSecond, 'pgbench, plain inserts of the same rows', limit));
    measures.push(more('a day against what a day needs', 'filings/s', day.perSecond, 'a national day in nine hours', NEEDED_PER_SECOND));
    measures.push(...day.measures);
    const costs = [];
    for (const base of bases)
      costs.push({ base, ...(await withRegistry(cluster, folder, courts, (running) => playDay(running, PROBE_FILINGS, base), base)) });
    const [first, last] = [costs[0], costs.at(-1)];
    if (first && last && first !== last) {
      measures.push(
        less(`one filing, ${last.base} in the base`, 'ms processor', last.processorMs, `${first.base} in the base`, first.processorMs),
      );
      measures.push(less(`register p95, ${last.base} in the base`, 'ms', last.registerP95, `${first.base} in the base`, first.registerP95));
    }
    return measures;
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Five documents, the filing, the lease, the registration, the talon's bytes, the talon. */
const CHANGES_OF_ONE_FILING = 10;

type Running = {
  readonly database: string;
  readonly client: LoadClient;
  readonly country: Country;
  readonly registry: ChildProcess;
  readonly cluster: PostgresCluster;
};

async function withRegistry<T>(
  cluster: PostgresCluster,
  folder: string,
  courts: number,
  work: (running: Running) => Promise<T>,
  base = 0,
): Promise<T> {
  const database = await cluster.freshDatabase();
  const dataDir = mkdtempSync(path.join(folder, 'registry-'));
  const start = async () => {
    const options = JSON.stringify({ database, dataDir, courts, cabinetToken: CABINET_TOKEN });
    const registry = fork(path.join(import.meta.dirname, 'process.ts'), [options], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const started = await new Promise<{ url: string; adminToken: string; courts: { code: string; enrolmentCode: string }[] }>(
      (resolve, reject) => {
        registry.once('message', (message) => resolve(message as never));
        registry.once('exit', (code) => reject(new Error(`the registry ended with ${code}`)));
      },
    );
    return { registry, started };
  };
  const stop = (registry: ChildProcess) => new Promise((resolve) => (registry.once('exit', resolve), registry.kill('SIGTERM')));
  if (base > 0) {
    const { registry } = await start();
    await stop(registry);
    await fillBase(database, base);
  }
  const { registry, started } = await start();
  const client = createLoadClient(started.url, 64);
  try {
    const country = await settleCountry({ client, ...started }, DESKS_PER_COURT);
    client.timings.clear();
    return await work({ database, client, country, registry, cluster });
  } finally {
    client.close();
    await stop(registry);
  }
}

type Day = {
  readonly database: string;
  readonly perSecond: number;
  readonly processorMs: number;
  readonly registerP95: number;
  readonly rows: ReadonlyMap<string, number>;
  readonly measures: Measure[];
};

/** Everything between sending and talon, as fast as it goes; every desk of a court reads every item of its feed. */
async function playDay(running: Running, filings: number, base = 0): Promise<Day> {
  const { database, client, country, registry, cluster } = running;
  await startAtEnd(database, country);
  const rowsBefore = await writtenRows(database);
  const before = { registry: processorSeconds(registry.pid!), postgres: processorSeconds(cluster.pid()), atMs: performance.now() };
  await inLanes(
    LANES,
    Array.from({ length: filings }, (_, i) => country.courts[i % country.courts.length]!),
    async ({ code, desks }) => {
      await submit(client, CABINET_TOKEN, code);
      const came = [];
      for (const desk of desks) came.push(...(await desk.readFeed()).map((filing) => ({ desk, filing })));
      for (const { desk, filing } of came)
        if (desk === desks[Number.parseInt(filing.id.slice(-4), 16) % desks.length]) await desk.register(filing);
    },
  );
  const seconds = (performance.now() - before.atMs) / 1000;
  const processor = {
    registry: processorSeconds(registry.pid!) - before.registry,
    postgres: processorSeconds(cluster.pid()) - before.postgres,
  };
  const rows = perFiling(rowsBefore, await writtenRows(database), filings);
  const timings = new Map(client.timings);
  client.timings.clear();
  report(`${filings} filings in ${seconds.toFixed(0)} s, ${base} in the base`, timings, { seconds, filings, processor, rows });
  const more = base > 0 ? [] : [...(await playBurst(running)), ...(await playMonday(running, filings))];
  return {
    database,
    perSecond: filings / seconds,
    processorMs: ((processor.registry + processor.postgres) * 1000) / filings,
    registerP95: percentile(timings.get('filing.register')!, 0.95),
    rows,
    measures: more,
  };
}

async function startAtEnd(database: string, { courts }: Country): Promise<void> {
  const ends = await feedEnds(database);
  for (const { code, desks } of courts) for (const desk of desks) desk.startAt(ends.get(code)!);
}

/** Submissions at a steady pace, whatever the answers take, as people send them. */
async function playBurst({ client, country }: Running): Promise<Measure[]> {
  const underWay: Promise<void>[] = [];
  const started = performance.now();
  for (let i = 0; i < BURST_PER_SECOND * BURST_SECONDS; i++) {
    const wait = started + (i * 1000) / BURST_PER_SECOND - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    underWay.push(submit(client, CABINET_TOKEN, country.courts[i % country.courts.length]!.code));
  }
  await Promise.all(underWay);
  const timings = new Map(client.timings);
  client.timings.clear();
  report(`${BURST_PER_SECOND} filings a second for ${BURST_SECONDS} s`, timings);
  return [less('submit p99, 3 filings a second', 'ms', percentile(timings.get('submit')!, 0.99), 'what a person notices', 100)];
}

/** Every desk of the country comes at once and reads what has come since its last word. */
async function playMonday({ client, country }: Running, filings: number): Promise<Measure[]> {
  const desks = country.courts.flatMap((court) => court.desks);
  const taken: number[] = [];
  const started = performance.now();
  await Promise.all(
    desks.map(async (desk) => {
      await desk.readFeedAnew();
      taken.push(performance.now() - started);
    }),
  );
  const timings = new Map(client.timings);
  client.timings.clear();
  report(`${desks.length} desks at once read the feed of ${filings} filings`, timings);
  return [
    less('Monday: last desk up to date', 's', percentile(taken, 1) / 1000, 'a minute', 60),
    less('Monday: half of the desks', 's', percentile(taken, 0.5) / 1000, 'a minute', 60),
  ];
}

type Totals = {
  readonly seconds: number;
  readonly filings: number;
  readonly processor: { readonly registry: number; readonly postgres: number };
  readonly rows: ReadonlyMap<string, number>;
};

/** The figures behind the measures, for whoever looks for what takes the time. */
function report(title: string, timings: Timings, totals?: Totals): void {
  const lines = [title];
  for (const [operation, values] of timings) {
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(values, share).toFixed(1).padStart(8));
    lines.push(`  ${operation.padEnd(18)} ${String(values.length).padStart(8)} times, ms: p50 ${p50}  p95 ${p95}  p99 ${p99}`);
  }
  if (totals) {
    const { seconds, filings, processor, rows } = totals;
    const ms = (value: number) => ((value * 1000) / filings).toFixed(1);
    lines.push(
      `  processor a filing: registry ${ms(processor.registry)} ms, PostgreSQL ${ms(processor.postgres)} ms; ${(filings / seconds).toFixed(1)} filings a second`,
    );
    lines.push(`  row versions a filing: ${[...rows].map(([table, count]) => `${table} ${count.toFixed(1)}`).join(', ')}`);
  }
  process.stderr.write(`${lines.join('\n')}\n`);
}
