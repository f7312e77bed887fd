import type { Registry } from './context.ts';

export type Metrics = {
  countRequest(method: string, route: string, status: number): void;
  /** Prometheus text format 0.0.4. */
  render(registry: Registry): Promise<string>;
};

const COUNTS = `
  SELECT 'kense_registry_feed_items' AS name, jsonb_build_object('court', code) AS labels, feed_seq AS value FROM court
  UNION ALL SELECT 'kense_registry_filings', jsonb_build_object('court', court, 'state', state), count(*)::integer FROM filing GROUP BY court, state
  UNION ALL SELECT 'kense_registry_workstations', jsonb_build_object('court', court), count(*)::integer FROM workstation WHERE revoked_at IS NULL GROUP BY court
  UNION ALL SELECT 'kense_registry_documents', '{}'::jsonb, count(*)::integer FROM document
  ORDER BY 1`;

export function createMetrics(): Metrics {
  const requests = new Map<string, number>();
  return {
    countRequest(method, route, status) {
      const sample = `kense_registry_requests_total{method="${method}",route="${route}",status="${status}"}`;
      requests.set(sample, (requests.get(sample) ?? 0) + 1);
    },
    async render(registry) {
      const counts = await registry.db.query<{ name: string; labels: Record<string, string>; value: number }>(COUNTS);
      const lines = ['# TYPE kense_registry_requests_total counter', ...[...requests].map(([sample, count]) => `${sample} ${count}`)];
      let family = '';
      for (const { name, labels, value } of counts) {
        if (name !== family) lines.push(`# TYPE ${(family = name)} gauge`);
        const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
        lines.push(`${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`);
      }
      return lines.join('\n') + '\n';
    },
  };
}
