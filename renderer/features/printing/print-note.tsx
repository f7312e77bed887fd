import { ActionIcon } from '@mantine/core';
import type { PrintOutcome } from '../../../shared/contract/index.ts';
import { useTexts, type Texts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { usePrinting } from './print-context.tsx';
import styles from './print-note.module.css';

const say = ({ printed, printer, savedAs, problem }: PrintOutcome, t: Texts['t']): string => {
  if (printed) return printer === null ? t('print.sent') : t('print.sentTo', { printer });
  return problem === null ? t('print.cancelled') : t(`print.saved.${problem}`, { file: savedAs ?? '', printer: printer ?? '' });
};

/** What became of the paper that was printed last. */
export function PrintNote() {
  const { t } = useTexts();
  const { outcome, failure, clear } = usePrinting();
  return (
    <>
      <div role="status" aria-label={t('print.action')}>
        {outcome && (
          <div className={styles.note} data-saved={outcome.problem !== null || undefined}>
            <StatusIcon shape={outcome.problem !== null ? 'warn' : outcome.printed ? 'ok' : 'info'} />
            <p className={styles.words}>{say(outcome, t)}</p>
            <ActionIcon variant="subtle" aria-label={t('action.close')} onClick={clear}>
              <Icon name="close" size={16} />
            </ActionIcon>
          </div>
        )}
      </div>
      {failure && <FailureCard failure={failure} compact onClose={clear} />}
    </>
  );
}
