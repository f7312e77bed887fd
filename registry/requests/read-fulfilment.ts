import type { Fulfilment } from '../../shared/registry/index.ts';
import type { Sql } from '../store/database.ts';

export async function readFulfilment(sql: Sql, filing: string): Promise<Fulfilment | null> {
  const [fulfilment] = await sql.query<Fulfilment>(
    'SELECT fulfilled_at AS "fulfilledAt", note, documents FROM fulfilment WHERE filing = $1',
    [filing],
  );
  return fulfilment ?? null;
}
