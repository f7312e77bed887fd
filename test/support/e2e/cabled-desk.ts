import path from 'node:path';
import { cabinetStatusSchema, REGISTRY_PATHS, type CabinetStatus } from '../../../shared/registry/index.ts';
import { test as base } from './fixtures.ts';
import { TestRegistry } from './registry.ts';

/** A desk whose registry belongs to the test: it can look into it and pull its cable. */
export const test = base.extend<{ readonly registry: TestRegistry }>({
  registry: async ({ desk }, use) => {
    const registry = new TestRegistry(path.join(desk, 'training-registry'));
    await registry.start();
    await use(registry);
    await registry.stop();
  },
  options: async ({ registry }, use) => {
    await use(['--training', `--registry=${registry.url}`]);
  },
});
export { expect } from './fixtures.ts';

/** What the filer sees of a filing in the cabinet. */
export async function seenByFiler(registry: TestRegistry, cabinetNumber: string): Promise<CabinetStatus> {
  const answer = await fetch(registry.url + REGISTRY_PATHS.cabinetStatus(cabinetNumber));
  return cabinetStatusSchema.parse(await answer.json());
}
