import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Batch } from '../../../shared/contract/index.ts';
import { kense, settle } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { BackButton } from '../../app/back-button.tsx';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import list from '../../ui/list-screen.module.css';
import { BatchItems } from './batch-items.tsx';
import { BatchPreview } from './batch-preview.tsx';
import { BatchState } from './batch-state.tsx';
import { SignDialog } from './sign-dialog.tsx';
import styles from './batch-screen.module.css';

/** One batch: how far it is while it is signed, and afterwards one result for each act. */
export function BatchScreen({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const answer = useAnswer(`batch:${id}`, () => kense().batch.get({ id }));
  const reloading = useRef({ busy: false, again: false });
  const refresh = async () => {
    const now = reloading.current;
    now.again = true;
    if (now.busy) return;
    now.busy = true;
    while (now.again) {
      now.again = false;
      await answer.reload();
    }
    now.busy = false;
  };
  useEvent('batchChanged', (changed) => {
    if (changed.id === id) void refresh();
  });
  if (answer.value) return <OneBatch batch={answer.value} />;
  if (answer.failure) return <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} />;
  return (
    <>
      <h1 className="visually-hidden">{t('state.loading')}</h1>
      <Loading />
    </>
  );
}

function OneBatch({ batch }: { readonly batch: Batch }) {
  const { t } = useTexts();
  const format = useFormat();
  /** When the batch ended that the person wants to go on with: the dialog goes as soon as it runs again. */
  const [asking, setAsking] = useState<string | null>(null);
  const resuming = useAction();
  const { items, state, stop } = batch;
  const running = state === 'running';
  const signed = items.filter((item) => item.state === 'signed').length;
  const total = items.length;
  const open = items.filter((item) => item.open);
  const halt = () => {
    if (!running) return false;
    void settle(kense().batch.stop({}));
    return true;
  };
  const ask = () => {
    if (!running && open.length > 0) setAsking(batch.endedAt);
  };
  useCommands('screen', { 'app.back': halt, 'act.sign': ask });
  const dialog = asking !== null && asking === batch.endedAt && open.length > 0;
  const waitsForPin = running && items.every((item) => item.state !== 'signing') && items.some((item) => item.state === 'waiting');

  return (
    <section className={list.screen} aria-label={t('batch.name', { count: total })}>
      <header className={list.header}>
        <h1>
          {t('batch.name', { count: total })} <span className={styles.when}>{format.dateTime(batch.madeAt)}</span>
        </h1>
        <BatchState state={state} />
        <BackButton />
      </header>
      <div className={styles.progress}>
        <div
          className={styles.bar}
          role="progressbar"
          aria-label={t('batch.progress')}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={signed}
        >
          <div className={styles.filled} style={{ width: `${total === 0 ? 0 : (100 * signed) / total}%` }} />
        </div>
        <p role="status">
          {running
            ? t('sign.progress', { done: signed, total })
            : t(signed === total ? 'batch.allSigned' : 'sign.partial', { done: signed, total })}
          {waitsForPin && ` ${t('sign.pinElsewhere')}`}
        </p>
        {running && (
          <Button variant="default" onClick={halt} aria-keyshortcuts="Escape" rightSection={<KeyCap keys="Esc" />}>
            {t('sign.stop')}
          </Button>
        )}
      </div>
      {stop && !running && <FailureCard failure={stop} />}
      <div className={styles.work}>
        <BatchItems batch={batch} />
        <div className={styles.side} data-pane data-running={running || undefined}>
          {running ? (
            <BatchPreview items={items} />
          ) : (
            <ScrollRegion className={styles.facts} label={t('batch.facts')}>
              <dl>
                <dt>{t('sign.certificate')}</dt>
                <dd>{batch.certificate ? `${batch.certificate.owner} · ${batch.certificate.issuer}` : t('batch.noCertificate')}</dd>
                {batch.certificate && (
                  <>
                    <dt>{t('batch.validUntil')}</dt>
                    <dd>{format.date(batch.certificate.validUntil)}</dd>
                  </>
                )}
                <dt>{t('batch.place')}</dt>
                <dd>{batch.keyPlace}</dd>
                <dt>{t('sign.listHash')}</dt>
                <dd>
                  <code>{batch.listSha256}</code>
                </dd>
              </dl>
              {signed > 0 && <p className={styles.note}>{t('batch.notDispatched')}</p>}
            </ScrollRegion>
          )}
        </div>
      </div>
      {!running && open.length > 0 && (
        <div className={styles.actions} role="toolbar" aria-label={t('batch.actions')} data-pane>
          <Button
            onClick={ask}
            aria-keyshortcuts="Control+Enter"
            rightSection={<KeyCap keys="Ctrl+Enter" tone="onPrimary" />}
            data-pane-start
          >
            {t('batch.goOn', { count: open.length })}
          </Button>
        </div>
      )}
      {dialog && (
        <SignDialog
          acts={open.map(({ actId, kind, number, pages, sha256 }) => ({ id: actId, kind, number, pages, sha256 }))}
          wanted={batch.certificate}
          busy={resuming.busy}
          failure={resuming.failure}
          onSign={(keyId) => void resuming.run(() => kense().batch.resume({ id: batch.id, keyId }))}
          onClose={() => {
            resuming.clear();
            setAsking(null);
          }}
        />
      )}
    </section>
  );
}
