import type { Registry } from './context.ts';

export type Metrics = {
  /** `seconds` is null for a request that was held on purpose. */
  countRequest(request: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number | null;
  }): void;
  /** Prometheus text format 0.0.4. */
  render(registry: Registry): Promise<string>;
};

type Labels = Readonly<Record<string, string>>;
type Sample = { readonly name?: string; readonly labels: Labels; readonly value: number };

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** None of these grows dearer with the years: feeds and waiting filings are counted by index, very many documents by the planner's estimate. */
const COUNTS = `
  SELECT 'kense_registry_feed_items' AS name, jsonb_build_object('court', code) AS labels, feed_seq AS value FROM court
  UNION ALL SELECT 'kense_registry_filings_waiting', jsonb_build_object('court', court), count(*)::integer FROM filing WHERE incoming_number IS NULL GROUP BY court
  UNION ALL SELECT 'kense_registry_workstations', jsonb_build_object('court', court), count(*)::integer FROM workstation WHERE revoked_at IS NULL GROUP BY court
  UNION ALL SELECT 'kense_registry_documents', '{}'::jsonb, CASE WHEN reltuples > 1000000 THEN reltuples::integer ELSE (SELECT count(*)::integer FROM document) END
    FROM pg_class WHERE oid = 'document'::regclass
  ORDER BY 1`;
const MEANING: Readonly<Record<string, string>> = {
  kense_registry_feed_items: 'Items in the feed of a court.',
  kense_registry_filings_waiting: 'Filings of a court that nobody has registered yet.',
  kense_registry_workstations: 'Workstations of a court that have not been revoked.',
  kense_registry_documents: 'Documents that are held; beyond a million an estimate.',
};

export function createMetrics(): Metrics {
  const requests = new Map<string, { labels: Labels; value: number }>();
  const durations = new Map<string, { labels: Labels; buckets: number[]; sum: number; count: number }>();
  return {
    countRequest({ method, route, status, seconds }) {
      const counted = entry(requests, `${method} ${route} ${status}`, () => ({
        labels: { method, route, status: String(status) },
        value: 0,
      }));
      counted.value++;
      if (seconds === null) return;
      const empty = () => ({ labels: { method, route }, buckets: BUCKETS.map(() => 0), sum: 0, count: 0 });
      const timed = entry(durations, `${method} ${route}`, empty);
      BUCKETS.forEach((limit, index) => (timed.buckets[index]! += seconds <= limit ? 1 : 0));
      timed.sum += seconds;
      timed.count++;
    },
    async render(registry) {
      const { db, polls, uploads } = registry;
      const connections = Object.entries(db.connections?.() ?? {});
      const text = [
        family('kense_registry_requests_total', 'counter', 'Requests that were answered.', [...requests.values()]),
        family('kense_registry_request_duration_seconds', 'histogram', 'Time to the end of the answer; held polls left out.', [
          ...[...durations.values()].flatMap(histogram),
        ]),
        gauge('kense_registry_held_polls', 'Desks that wait for their feed.', polls.count()),
        gauge('kense_registry_uploads_unfinished', 'Resumable uploads on their way.', await uploads.count()),
        gauge('kense_registry_feed_heard', '1 while this process hears which feeds other processes make longer.', db.growth.heard ? 1 : 0),
        family(
          'kense_registry_database_connections',
          'gauge',
          'Connections to the database, and requests that wait for one.',
          connections.map(([state, value]) => ({ labels: { state }, value })),
        ),
        ...(await countRows(registry)),
      ];
      return text.join('');
    },
  };
}

async function countRows({ db }: Registry): Promise<string[]> {
  const counts = await db.query<{ name: string; labels: Labels; value: number }>(COUNTS);
  return Object.entries(MEANING).map(([name, meaning]) =>
    family(
      name,
      'gauge',
      meaning,
      counts.filter((count) => count.name === name).map(({ labels, value }) => ({ labels, value })),
    ),
  );
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function histogram({ labels, buckets, sum, count }: { labels: Labels; buckets: number[]; sum: number; count: number }): Sample[] {
  return [
    ...buckets.map((value, index) => ({ name: '_bucket', labels: { ...labels, le: String(BUCKETS[index]) }, value })),
    { name: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
    { name: '_sum', labels, value: sum },
    { name: '_count', labels, value: count },
  ];
}

const gauge = (name: string, meaning: string, value: number) => family(name, 'gauge', meaning, [{ labels: {}, value }]);

function family(name: string, type: string, meaning: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return '';
  const lines = samples.map((sample) => {
    const pairs = Object.entries(sample.labels).map(([label, text]) => `${label}="${text.replace(/["\\\n]/g, '_')}"`);
    return `${name}${sample.name ?? ''}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${sample.value}`;
  });
  return [`# HELP ${name} ${meaning}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}
