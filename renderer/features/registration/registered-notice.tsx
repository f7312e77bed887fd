import { ActionIcon, Button } from '@mantine/core';
import { useTexts } from '../../i18n/use-texts.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { useSync } from '../sync/sync-context.tsx';
import { useRegistered, type Registered } from './registered-context.tsx';
import styles from './registered-notice.module.css';

/** What to copy: the numbers one under another. */
const numbersOf = ({ incomingNumber, caseNumber, joinsCase }: Registered): readonly string[] =>
  [incomingNumber, caseNumber ?? joinsCase].filter((number) => number !== null);

export function RegisteredNotice() {
  const { t } = useTexts();
  const { last, dismiss, openTalon } = useRegistered();
  const { status } = useSync();
  return (
    <div role="status" aria-label={t('reg.notice')} className={styles.room}>
      {last && (
        <div className={styles.notice}>
          <StatusIcon shape="ok" />
          <p className={styles.words}>
            <b>{t('reg.success')}</b>
            {last.claimant !== null && ` ${last.claimant}.`} {t('filing.incomingShort', { number: last.incomingNumber ?? t('state.none') })}
            {last.caseNumber !== null && ` · ${t('filing.caseShort', { number: last.caseNumber })}`}
            {last.joinsCase !== null && ` · ${t('reg.joined', { number: last.joinsCase })}`}
            {status && !status.online && (
              <span className={styles.offline}> {t(status.connection === 'offline' ? 'reg.offlineShort' : 'reg.laterShort')}</span>
            )}
          </p>
          <CopyButton value={numbersOf(last).join('\n')} withWord />
          <Button variant="default" size="compact-md" rightSection={<KeyCap keys="P" />} onClick={() => openTalon(last.filingId)}>
            {t('talon.open')}
          </Button>
          <ActionIcon variant="subtle" aria-label={t('action.close')} onClick={dismiss}>
            <Icon name="close" size={16} />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}
