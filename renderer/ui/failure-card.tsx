import { Button } from '@mantine/core';
import type { Failure } from '../../shared/result.ts';
import type { TextKey } from '../i18n/text-key.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { StatusIcon } from './status-icon.tsx';
import styles from './failure-card.module.css';

type Props = { readonly failure: Failure; readonly onRetry?: () => void; readonly compact?: boolean; readonly onClose?: () => void };

/** A failure in the place of the part that failed: what happened, what to do, its code; the rest of the window works on. */
export function FailureCard({ failure, onRetry, compact = false, onClose }: Props) {
  const { t, has } = useTexts();
  const { code, params, next } = failure;
  const cause = causeOf(failure);
  return (
    <div className={styles.card} role="alert" data-compact={compact || undefined} data-code={code}>
      <StatusIcon shape={next === 'stop' ? 'bad' : 'warn'} />
      <div className={styles.words}>
        <p className={styles.title}>{t(`error.${code}.title`, params)}</p>
        {!compact && <p>{t(`error.${code}.body`, params)}</p>}
        {cause !== null && has(cause) && <p>{t(cause as TextKey)}</p>}
        <p>{t(`error.${code}.action`, params)}</p>
        <p className={styles.code}>{t('error.code', { code })}</p>
      </div>
      {(onRetry ?? onClose) && (
        <div className={styles.actions}>
          {onRetry && next !== 'stop' && (
            <Button variant="default" onClick={onRetry}>
              {t('action.retry')}
            </Button>
          )}
          {onClose && (
            <Button variant="default" onClick={onClose}>
              {t('action.close')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** What the token or the certificate says beyond the code: how many tries there are, what the certificate lacks. */
function causeOf({ code, params }: Failure): string | null {
  if (code === 'pin-wrong') return `key.wrong.${params?.['tries'] ?? ''}`;
  if (code === 'certificate-unfit') return `key.unfit.${params?.['reason'] ?? ''}`;
  return null;
}
