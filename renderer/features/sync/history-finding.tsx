import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SyncStatus } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useSession } from '../../app/session-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { pickClasses } from '../../ui/pick-classes.ts';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { useSync } from './sync-context.tsx';
import styles from './sync-screen.module.css';

/** The past of desk or centre is in doubt: what was found, since when, and for those who may decide, the decision with its reason. */
export function HistoryFinding({ finding }: { readonly finding: NonNullable<SyncStatus['finding']> }) {
  const { t, named } = useTexts();
  const format = useFormat();
  const { activeRole } = useSession();
  const { put } = useSync();
  const [reason, setReason] = useState('');
  const accepting = useAction();
  const { code, entry, since, foundAt } = finding;
  const decides = activeRole === 'office-head' || activeRole === 'admin';
  return (
    <section className={styles.finding} role="alert" data-code={code}>
      <h2 className={styles.findingTitle}>
        <StatusIcon shape="bad" size={18} />
        {t('sync.findingTitle')}: {named('error', `${code}.title`, { entry })}
      </h2>
      <p>{named('error', `${code}.body`, { entry })}</p>
      {!decides && <p>{named('error', `${code}.action`, { entry })}</p>}
      <p className={styles.small}>
        {since !== null && `${t('sync.findingSince', { when: format.dateTime(since) })} · `}
        {t('sync.findingFound', { when: format.dateTime(foundAt) })} · {t('error.code', { code })}
      </p>
      {decides ? (
        <>
          <TextInput
            className={styles.findingReason}
            classNames={pickClasses(styles, { label: 'label' })}
            label={t('sync.findingReason')}
            value={reason}
            maxLength={1000}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={reason.trim() === ''}
            loading={accepting.busy}
            onClick={() => void accepting.run(() => kense().sync.acceptHistory({ reason: reason.trim() }), put)}
          >
            {t('sync.findingAccept')}
          </Button>
        </>
      ) : (
        <p className={styles.small}>{t('sync.findingWho')}</p>
      )}
      {accepting.failure && <FailureCard failure={accepting.failure} compact />}
    </section>
  );
}
