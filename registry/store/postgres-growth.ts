import pg from 'pg';
import type { Growth } from './database.ts';
import { createListeners } from './listeners.ts';

const CHANNEL = 'kense_feed_grown';
const RECONNECT_MS = 1_000;
/** A payload holds 8000 bytes. */
const COURTS_PER_NOTICE = 500;

/**
 * Tells all registries of one PostgreSQL server which feeds have grown. A connection of its own listens. The notice goes out after the
 * commit, and those of commits that come meanwhile go together: a NOTIFY inside of the transactions would make all commits of the
 * server wait for each other. A notice that is lost costs those who wait no more than the rest of their wait.
 */
export function openPostgresGrowth(
  connection: pg.ClientConfig,
  send: (text: string, parameters: unknown[]) => Promise<unknown>,
): Growth & { announce(courts: ReadonlySet<string>): void; close(): Promise<void> } {
  const listeners = createListeners();
  let client: pg.Client | null = null;
  let heard = false;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;

  async function listen(): Promise<void> {
    const next = new pg.Client(connection);
    let lost = false;
    const lose = () => {
      if (lost) return;
      lost = true;
      heard = false;
      void next.end().catch(() => undefined);
      if (!closed) timer = setTimeout(() => void listen(), RECONNECT_MS).unref();
    };
    next.on('error', lose);
    next.on('end', lose);
    next.on('notification', ({ payload = '' }) => listeners.tell(payload.split(' ')));
    client = next;
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}`);
      heard = !lost;
      listeners.tell(null);
    } catch {
      lose();
    }
  }
  void listen();

  const waiting = new Set<string>();
  let sending = false;
  async function sendAll(): Promise<void> {
    while (waiting.size > 0) {
      const courts = [...waiting].slice(0, COURTS_PER_NOTICE);
      for (const court of courts) waiting.delete(court);
      await send('SELECT pg_notify($1, $2)', [CHANNEL, courts.join(' ')]);
    }
  }

  return {
    subscribe: listeners.subscribe,
    get heard() {
      return heard;
    },
    announce(courts) {
      if (courts.size === 0 || closed) return;
      listeners.tell([...courts]);
      for (const court of courts) waiting.add(court);
      if (sending) return;
      sending = true;
      void sendAll()
        .catch(() => undefined)
        .finally(() => (sending = false));
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
