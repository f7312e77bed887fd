import { startRegistry } from '../../../registry/index.ts';

/** The registry under load, in a process of its own so that its time can be told from that of the simulated desks. Options come as JSON. */
const { database, dataDir, courts, cabinetToken } = JSON.parse(process.argv[2]!) as {
  database: string;
  dataDir: string;
  courts: number;
  cabinetToken: string;
};
const registry = await startRegistry({
  database,
  dataDir,
  mode: 'training',
  clock: () => new Date().toISOString(),
  cabinetToken,
  // every desk of the country asks from one address here
  requestsPerSecond: 1_000_000,
  courts: Array.from({ length: courts }, (_, i) => ({ code: String(1000 + i), nameKk: `Сот ${i + 1}`, nameRu: `Суд ${i + 1}` })),
});
process.send!({ url: registry.url, adminToken: registry.adminToken, courts: registry.courts });
process.once('SIGTERM', () => void registry.close().then(() => process.exit(0)));
