import { Button } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import type { ParkedItem, SyncCentre, SyncStatus } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Loading } from '../../ui/loading.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { HistoryFinding } from './history-finding.tsx';
import { ParkedEntry } from './parked-item.tsx';
import { sayConnection, sayHalt } from './say-status.ts';
import { useSync } from './sync-context.tsx';
import { SyncFacts } from './sync-facts.tsx';
import { useHeld } from './use-held.ts';
import { useStillList } from './use-still-list.ts';
import { WaitingList, type Waiting } from './waiting-list.tsx';
import styles from './sync-screen.module.css';

/** Between the changes that the core tells of, for what moves all the time. */
const LOOK_AGAIN_MS = 2000;
const NOTHING: readonly Waiting[] = [];
const idOfParked = (item: ParkedItem) => item.id;
const idOfWaiting = (item: Waiting) => item.subject;

/** The exchange with the centre: how it stands, what waits and why, what was not accepted and what to do about it. */
export function SyncScreen() {
  const { t } = useTexts();
  const { status } = useSync();
  const answer = useAnswer('sync-centre', () => kense().sync.centre({}));
  const { reload } = answer;
  useEffect(() => void reload(), [status, reload]);
  useEffect(() => {
    const timer = setInterval(() => void reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <section className={styles.screen} aria-label={t('sync.title')} data-pane>
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void reload()} compact={answer.value !== null} />}
      {answer.value && status ? <Centre centre={answer.value} status={status} /> : !answer.failure && <Loading />}
    </section>
  );
}

function Centre({ centre, status }: { readonly centre: SyncCentre; readonly status: SyncStatus }) {
  const texts = useTexts();
  const { t } = texts;
  const { held: here, handlers } = useHeld();
  const [compared, setCompared] = useState<ParkedItem | null>(null);
  const held = here || compared !== null;
  const parked = useStillList(status.parked, idOfParked, held);
  const waiting = useStillList(status.waiting === 0 ? NOTHING : centre.waiting.subjects, idOfWaiting, held);
  return (
    <>
      <Head centre={centre} status={status} />
      {status.finding !== null && <HistoryFinding finding={status.finding} />}
      {status.updateHold !== null && (
        <Notice title={t('sync.updateNeeded')}>
          {status.updateHold.minimum === null
            ? t('sync.updateHold', { version: centre.versions.desk })
            : t('sync.updateHoldMinimum', { version: centre.versions.desk, minimum: status.updateHold.minimum })}
        </Notice>
      )}
      <div className={styles.columns}>
        <div className={styles.lists} {...handlers}>
          <List title={t('sync.parkedTitle')} count={status.parked.length} arrived={parked.arrived} onShow={parked.show}>
            {parked.rows.length === 0 ? (
              <p className={styles.small}>{t('sync.nothingParked')}</p>
            ) : (
              <ul>
                {parked.rows.map(({ item, gone }) => (
                  <ParkedEntry key={item.id} item={item} gone={gone} onCompare={setCompared} />
                ))}
              </ul>
            )}
          </List>
          <List
            title={t('sync.waiting')}
            count={status.waiting}
            note={<Oldest at={status.oldestWaitingAt} now={centre.asOf} />}
            arrived={waiting.arrived}
            onShow={waiting.show}
          >
            <WaitingList rows={waiting.rows} more={centre.waiting.more} halted={sayHalt(status, texts)} />
          </List>
        </div>
        <SyncFacts centre={centre} />
      </div>
      {compared !== null && <ConflictDialog item={compared} onClose={() => setCompared(null)} />}
    </>
  );
}

function Head({ centre, status }: { readonly centre: SyncCentre; readonly status: SyncStatus }) {
  const texts = useTexts();
  const { t, named, has } = texts;
  const format = useFormat();
  const { put } = useSync();
  const sending = useAction();
  const { shape, tone, words } = sayConnection(status, texts);
  const { problem, connection } = status;
  const explained = problem !== null && connection === 'trouble' && status.finding === null && status.updateHold === null;
  const now =
    centre.step !== null
      ? t(`sync.step.${centre.step}`)
      : centre.nextRoundAt !== null && connection !== 'online'
        ? t('sync.nextAt', { when: format.clock(centre.nextRoundAt) })
        : t('sync.resting');
  return (
    <div className={styles.head}>
      <h1>{t('sync.title')}</h1>
      <p className={styles.state} data-tone={tone}>
        <StatusIcon shape={shape} size={20} />
        <span>{words}</span>
      </p>
      <p className={styles.now}>{now}</p>
      <Button
        className={styles.send}
        variant="default"
        data-pane-start
        loading={sending.busy}
        rightSection={<KeyCap keys="F5" />}
        onClick={() => void sending.run(() => kense().sync.now({}), put)}
      >
        {t('sync.syncNow')}
      </Button>
      {connection === 'offline' && <p className={styles.why}>{t('sync.offlineBanner')}</p>}
      {explained && (
        <p className={styles.why}>
          {has(`error.${problem}.title`) ? `${named('error', `${problem}.title`)}. ${named('error', `${problem}.action`)}` : null}{' '}
          <span className={styles.small}>{t('error.code', { code: problem })}</span>
        </p>
      )}
      {sending.failure && <FailureCard failure={sending.failure} compact />}
    </div>
  );
}

function Notice({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles.notice} role="note">
      <StatusIcon shape="warn" />
      <p>
        <b>{title}.</b> {children}
      </p>
    </div>
  );
}

/** What has waited for so long is worth asking about. */
const LONG_MS = 4 * 3_600_000;

function Oldest({ at, now }: { readonly at: string | null; readonly now: string }) {
  const { t } = useTexts();
  const format = useFormat();
  if (at === null) return null;
  return (
    <span className={styles.oldest}>
      {Date.parse(now) - Date.parse(at) > LONG_MS && <StatusIcon shape="warn" size={16} />}
      {t('sync.oldest', { when: format.dateTime(at) })}
    </span>
  );
}

type ListProps = {
  readonly title: string;
  readonly count: number;
  readonly note?: ReactNode;
  /** How many are not shown yet, so that nothing moves under the cursor. */
  readonly arrived: number;
  readonly onShow: () => void;
  readonly children: ReactNode;
};

function List({ title, count, note, arrived, onShow, children }: ListProps) {
  const { t } = useTexts();
  return (
    <section className={styles.list} aria-label={title}>
      <h2>
        {title} <span className={styles.count}>{count}</span>
        {note}
        {arrived > 0 && (
          <Button className={styles.arrived} variant="default" size="compact-sm" onClick={onShow}>
            {t('sync.arrived', { n: arrived })}
          </Button>
        )}
      </h2>
      {children}
    </section>
  );
}
