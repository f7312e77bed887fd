import { ActionIcon } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '../../app/session-context.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon } from '../../ui/icon.tsx';
import { CertificateWords } from './certificate-words.tsx';
import styles from './certificate.module.css';

/** Says after the first signing in of a day that the person's certificate ends soon. */
export function CertificateNote() {
  const { t } = useTexts();
  const { certificate } = useSession();
  const [closed, setClosed] = useState(false);
  return (
    <div role="status" aria-label={t('session.certificate')}>
      {certificate && !closed && (
        <div className={styles.note}>
          <CertificateWords end={certificate} />
          <ActionIcon variant="subtle" aria-label={t('action.close')} onClick={() => setClosed(true)}>
            <Icon name="close" size={16} />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}
