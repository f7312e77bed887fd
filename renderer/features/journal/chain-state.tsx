import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { JournalFaultView } from '../../../shared/contract/index.ts';
import { fail } from '../../../shared/result.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import styles from './journal-screen.module.css';

/** How often the screen looks how far a check is. */
const LOOK_MS = 3000;

/** Whether the journal is the one that was written, by the last check of it: in the background, or when a person asked. */
export function ChainState() {
  const { t } = useTexts();
  const { dateTime } = useFormat();
  const answer = useAnswer('journal-state', () => kense().journal.state({}));
  const checking = useAction();
  const [compared, setCompared] = useState(true);
  const { reload } = answer;
  useEffect(() => {
    const timer = setInterval(() => void reload(), LOOK_MS);
    return () => clearInterval(timer);
  }, [reload]);
  const state = answer.value;
  if (answer.failure) return <FailureCard failure={answer.failure} onRetry={() => void reload()} compact />;
  if (state === null) return <p className={styles.facts}>{t('journalView.checking')}</p>;
  const { last, progress, anchored, accepted, finding } = state;
  const sound = last !== null && last.fault === null && finding === null;
  return (
    <>
      <div className={styles.facts} role="status">
        {last !== null && <StatusIcon shape={sound ? 'ok' : 'bad'} size={18} />}
        <span>
          {last === null
            ? t('journalView.neverChecked')
            : sound
              ? accepted === null
                ? t('journalView.chainWhole', { entries: last.entries })
                : t('journalView.chainWholeSince', { first: accepted.entries + 1, entries: last.entries })
              : t('journalView.chainBroken', { entry: last.fault?.entry ?? finding?.entry ?? 0 })}
        </span>
        {accepted !== null && (
          <span>{t('journalView.accepted', { entries: accepted.entries, by: accepted.by ?? '—', at: dateTime(accepted.at) })}</span>
        )}
        {last !== null && <span>{t('journalView.checkedAt', { at: dateTime(last.at) })}</span>}
        <span>
          {anchored === null
            ? t('journalView.notAnchored')
            : t('journalView.anchored', { entries: anchored.entries, at: dateTime(anchored.at) })}
        </span>
        <span>{t('journalView.desk', { desk: state.desk })}</span>
        {!compared && <span>{t('journalView.notCompared')}</span>}
        {progress !== null && <span>{t('journalView.progress', { done: progress.done, of: progress.of })}</span>}
        <Button
          variant="default"
          size="compact-md"
          leftSection={<Icon name="rotate" size={16} />}
          loading={checking.busy}
          onClick={() =>
            void checking.run(
              () => kense().journal.check({}),
              (checked) => {
                setCompared(checked.compared);
                void reload();
              },
            )
          }
        >
          {t('journalView.checkAgain')}
        </Button>
      </div>
      {checking.failure && <FailureCard failure={checking.failure} compact />}
      {last?.fault ? (
        <Fault fault={last.fault} />
      ) : (
        finding && <FailureCard failure={fail(finding.code, { entry: finding.entry }).error} compact />
      )}
    </>
  );
}

/** Which entry, what it should be, what that means, whom to call. */
function Fault({ fault: { entry, kind, expected, found } }: { readonly fault: JournalFaultView }) {
  const { t } = useTexts();
  const short = (value: string) => (value.length > 20 ? `${value.slice(0, 16)}…` : value);
  return (
    <div className={styles.fault} role="alert">
      <p>{t(`journalFault.${kind}.what`, { entry, expected: short(expected), found: short(found) })}</p>
      <p>{t(`journalFault.${kind}.means`)}</p>
      <p>{t('journalFault.call')}</p>
    </div>
  );
}
