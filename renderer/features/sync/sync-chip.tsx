import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import type { SyncStatus } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useSession } from '../../app/session-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts, type Texts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import { HistoryFinding } from './history-finding.tsx';
import { useSync } from './sync-context.tsx';
import styles from './sync-chip.module.css';

function sayStatus(status: SyncStatus, { t }: Texts): { readonly shape: StatusShape; readonly tone: string; readonly words: string } {
  const waiting = status.waiting > 0 ? ` · ${t('sync.pending', { count: status.waiting })}` : '';
  if (status.finding !== null) return { shape: 'bad', tone: 'warn', words: t('sync.findingTitle') };
  if (status.parked.length > 0) {
    return { shape: 'warn', tone: 'warn', words: t('sync.parked', { count: status.parked.length }) };
  }
  if (!status.online) return { shape: 'warn', tone: 'warn', words: `${t('sync.offline')}${waiting}` };
  if (status.syncing) return { shape: 'busy', tone: 'none', words: t('sync.syncing') };
  return { shape: 'ok', tone: 'ok', words: `${t('sync.online')}${waiting}` };
}

type Parked = SyncStatus['parked'][number];

function ParkedItem({ item }: { readonly item: Parked }) {
  const texts = useTexts();
  const { t, named, has } = texts;
  const format = useFormat();
  const { activeRole } = useSession();
  const { put } = useSync();
  const retry = useAction();
  const yielding = useAction();
  const reason = has(`error.${item.code}.title`) ? named('error', `${item.code}.title`) : t('sync.parkedUnknown');
  return (
    <li className={styles.parked}>
      <p className={styles.parkedTitle}>
        {named('outbox', item.kind)}
        {item.cabinetNumber !== null && ` · ${item.cabinetNumber}`}
      </p>
      <p>{t('sync.failed', { reason })}</p>
      <p className={styles.small}>
        {format.dateTime(item.at)} · {t('error.code', { code: item.code })}
      </p>
      {item.heldBy !== null && <p>{t('sync.heldBy', { name: item.heldBy })}</p>}
      {item.code === 'already-registered' &&
        item.kind === 'filing.register' &&
        (activeRole === 'secretary' || activeRole === 'office-head') && (
          <Button
            variant="default"
            size="compact-md"
            loading={yielding.busy}
            onClick={() => void yielding.run(() => kense().sync.yield({ filingId: item.subject }), put)}
          >
            {t('sync.yield')}
          </Button>
        )}
      {activeRole === 'secretary' || activeRole === 'office-head' ? (
        <Button
          variant="default"
          size="compact-md"
          loading={retry.busy}
          onClick={() => void retry.run(() => kense().sync.retry({ outboxId: item.id }), put)}
        >
          {t('sync.retry')}
        </Button>
      ) : (
        <p className={styles.small}>{t('sync.retryBySecretary')}</p>
      )}
      {yielding.failure && <FailureCard failure={yielding.failure} compact />}
      {retry.failure && <FailureCard failure={retry.failure} compact />}
    </li>
  );
}

/** Whether the desk talks to the centre, what waits, what was refused: always in sight, details one press away. */
export function SyncChip() {
  const texts = useTexts();
  const { t, named, has } = texts;
  const format = useFormat();
  const { status, put } = useSync();
  const [opened, setOpened] = useState(false);
  const sending = useAction();
  useCommands('dialog', { 'app.back': () => setOpened(false) }, { on: opened });
  if (status === null) return null;
  const said = sayStatus(status, texts);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width="26rem"
      closeOnEscape={false}
      trapFocus
      returnFocus
      withRoles
      shadow="md"
    >
      <Popover.Target>
        <button type="button" className={styles.chip} data-tone={said.tone} onClick={() => setOpened((o) => !o)}>
          <StatusIcon shape={said.shape} size={18} />
          <span role="status">{said.words}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.panel} aria-label={t('sync.title')}>
        <h2>{t('sync.title')}</h2>
        <dl className={styles.facts}>
          <dt>{t('sync.connection')}</dt>
          <dd>
            {t(status.online ? 'sync.online' : 'sync.offline')}
            {status.problem !== null && status.finding === null && has(`error.${status.problem}.title`) && (
              <span className={styles.small}> {named('error', `${status.problem}.title`)}</span>
            )}
          </dd>
          <dt>{t('sync.waiting')}</dt>
          <dd>
            {status.waiting}
            {status.oldestWaitingAt !== null && (
              <span className={styles.small}> {t('sync.oldest', { when: format.dateTime(status.oldestWaitingAt) })}</span>
            )}
          </dd>
          <dt>{t('sync.last')}</dt>
          <dd>{status.lastSuccessAt === null ? t('sync.never') : format.dateTime(status.lastSuccessAt)}</dd>
          {status.deferred > 0 && (
            <>
              <dt>{t('sync.deferred')}</dt>
              <dd>{status.deferred}</dd>
            </>
          )}
        </dl>
        {status.finding !== null && <HistoryFinding finding={status.finding} />}
        {!status.online && status.finding === null && <p className={styles.small}>{t('sync.offlineBanner')}</p>}
        {status.parked.length > 0 && (
          <>
            <h3>{t('sync.parkedTitle')}</h3>
            <ul>
              {status.parked.map((item) => (
                <ParkedItem key={item.id} item={item} />
              ))}
            </ul>
          </>
        )}
        {sending.failure && <FailureCard failure={sending.failure} compact />}
        <Button
          className={styles.now}
          variant="default"
          loading={sending.busy}
          rightSection={<KeyCap keys="F5" />}
          onClick={() => void sending.run(() => kense().sync.now({}), put)}
        >
          {t('sync.syncNow')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
