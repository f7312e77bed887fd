import { startRegistry, type RegistryOptions, type RunningRegistry } from '../../../registry/index.ts';
import { createDocumentedClient, type DocumentedClient } from './documented-client.ts';
import { enrolDesk, type Desk } from './desk.ts';
import type { FreshDatabase } from './every-database.ts';

export const NOW = '2026-11-21T10:00:00.000Z';
export const NOW_MS = Date.parse(NOW);
export const ALMATY = { code: '7599', nameKk: 'Алматы қалалық соты', nameRu: 'Алматинский городской суд' };
export const ASTANA = { code: '7199', nameKk: 'Астана қаласының соты', nameRu: 'Суд города Астаны' };
export const CABINET_TOKEN = 'cabinet-token-of-the-tests';

export type OpenRegistry = {
  readonly registry: RunningRegistry;
  readonly client: DocumentedClient;
  /** Enrols a desk with the code that the court has now; `nowMs` is its clock. */
  readonly desk: (court?: string, nowMs?: number) => Promise<Desk>;
};

/** A registry on a fresh database with a standing clock; training, with the training court alone, unless told otherwise. */
export async function openRegistry(fresh: FreshDatabase, options: Partial<RegistryOptions> = {}): Promise<OpenRegistry> {
  const mode = options.mode ?? 'training';
  const registry = await startRegistry({ ...(await fresh()), mode, clock: () => NOW, cabinetToken: CABINET_TOKEN, ...options });
  const client = createDocumentedClient(registry.url);
  return {
    registry,
    client,
    async desk(court = '9900', nowMs = NOW_MS) {
      const { json } = await client.call('listCourts', { token: registry.adminToken });
      const { enrolmentCode } = json.courts.find((known: { code: string }) => known.code === court);
      return enrolDesk({ client, code: enrolmentCode, training: mode === 'training', nowMs });
    },
  };
}
