import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTrainingKit, installTrainingKit, type TrainingKit } from '../../../main/training/index.ts';

export const NOW = '2026-11-21T10:00:00.000Z';

/** A kit laid out in a new folder, and OpenSSL beside it. */
export async function installedKit() {
  const dir = mkdtempSync(join(tmpdir(), 'kense-training-'));
  const kit = await createTrainingKit({ now: NOW, newId: randomUUID });
  await installTrainingKit(dir, kit, NOW);
  return { dir, kit, path: (...parts: string[]) => join(dir, ...parts) };
}

export const certificatesOf = (kit: TrainingKit) => [
  ...kit.officials.map(({ role, certificate }) => ({ name: role, certificate })),
  ...kit.citizens.map(({ key, certificate }) => ({ name: key, certificate })),
  { name: 'system', certificate: kit.system.certificate },
];

export const openssl = (args: string[], input?: string | Uint8Array) =>
  execFileSync('openssl', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
export const judge = (args: string[], input?: string | Uint8Array) => spawnSync('openssl', args, { input, encoding: 'utf8' });
/** OpenSSL takes the present from here, so a kit of any date can be judged. */
export const at = (instant: string) => ['-attime', String(Math.floor(Date.parse(instant) / 1000))];
