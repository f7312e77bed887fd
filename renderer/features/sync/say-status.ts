import type { SyncStatus } from '../../../shared/contract/index.ts';
import type { Texts } from '../../i18n/use-texts.ts';
import type { StatusShape } from '../../ui/status-icon.tsx';

export type SaidStatus = { readonly shape: StatusShape; readonly tone: 'ok' | 'warn' | 'none'; readonly words: string };

/** The one thing to know about the exchange, the most serious first. */
export function sayStatus(status: SyncStatus, { t }: Texts): SaidStatus {
  const waiting = status.waiting > 0 ? ` · ${t('sync.pending', { count: status.waiting })}` : '';
  if (status.finding !== null) return { shape: 'bad', tone: 'warn', words: t('sync.findingTitle') };
  if (status.parked.length > 0) return { shape: 'warn', tone: 'warn', words: t('sync.parked', { count: status.parked.length }) };
  if (status.updateHold !== null) return { shape: 'warn', tone: 'warn', words: `${t('sync.updateNeeded')}${waiting}` };
  if (status.connection === 'trouble') return { shape: 'warn', tone: 'warn', words: `${t('sync.trouble')}${waiting}` };
  if (status.connection === 'offline') return { shape: 'warn', tone: 'warn', words: `${t('sync.offline')}${waiting}` };
  if (status.syncing) return { shape: 'busy', tone: 'none', words: t('sync.syncing') };
  return { shape: 'ok', tone: 'ok', words: `${t('sync.online')}${waiting}` };
}
