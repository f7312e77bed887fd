import type { SyncStatus } from '../../../shared/contract/index.ts';
import type { Texts } from '../../i18n/use-texts.ts';
import type { StatusShape } from '../../ui/status-icon.tsx';

type SaidStatus = { readonly shape: StatusShape; readonly tone: 'ok' | 'warn' | 'none'; readonly words: string };
const warn = (words: string): SaidStatus => ({ shape: 'warn', tone: 'warn', words });

/** How the line and both programs stand. */
export function sayConnection({ finding, updateHold, connection, syncing }: SyncStatus, { t }: Texts): SaidStatus {
  if (finding !== null) return { shape: 'bad', tone: 'warn', words: t('sync.findingTitle') };
  if (updateHold !== null) return warn(t('sync.updateNeeded'));
  if (connection === 'trouble') return warn(t('sync.trouble'));
  if (connection === 'offline') return warn(t('sync.offline'));
  if (syncing) return { shape: 'busy', tone: 'none', words: t('sync.syncing') };
  return { shape: 'ok', tone: 'ok', words: t('sync.online') };
}

/** The one thing to know about the exchange, the most serious first. */
export function sayStatus(status: SyncStatus, texts: Texts): SaidStatus {
  const { t } = texts;
  if (status.finding === null && status.parked.length > 0) return warn(t('sync.parked', { count: status.parked.length }));
  const said = sayConnection(status, texts);
  const waits = status.waiting > 0 && status.finding === null && status.updateHold === null && said.shape !== 'busy';
  return waits ? { ...said, words: `${said.words} · ${t('sync.pending', { count: status.waiting })}` } : said;
}

/** Why nothing is sent now; null when it goes. */
export function sayHalt({ finding, updateHold, connection }: SyncStatus, { t }: Texts): string | null {
  if (finding !== null) return t('sync.waitsForDecision');
  if (updateHold !== null) return t('sync.waitsForUpdate');
  return connection === 'offline' ? t('sync.waitsForLine') : null;
}

/** "Registration of the filing, registration talon": kinds of messages as the words of one sentence. */
export function sayKinds(kinds: readonly string[], { named }: Texts): string {
  const names = [...new Set(kinds)].map((kind) => named('outbox', kind));
  return names.map((name, at) => (at === 0 ? name : name.charAt(0).toLowerCase() + name.slice(1))).join(', ');
}
