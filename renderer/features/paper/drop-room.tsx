import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { DROPPED_FILES } from '../../../shared/domain/paper-pages.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon } from '../../ui/status-icon.tsx';
import type { DroppedFiles } from './use-dropped-files.ts';
import styles from './pages.module.css';

/** Where files from outside can be dropped; above it stands what was not taken and why. */
export function DropRoom({ dropped, children }: { readonly dropped: DroppedFiles; readonly children: ReactNode }) {
  const { t } = useTexts();
  const { over, left, refused, tooMany, clear, place } = dropped;
  return (
    <div className={styles.dropRoom} data-over={over || undefined} {...place}>
      {(refused.length > 0 || tooMany) && (
        <div role="alert" className={styles.refused}>
          <p>
            <StatusIcon shape="warn" /> {tooMany ? t('paper.tooManyFiles', { number: String(DROPPED_FILES) }) : t('paper.filesRefused')}
          </p>
          <ul>
            {refused.map(({ name, failure }, at) => (
              <li key={at}>
                <bdi>{name}</bdi>: {t(`error.${failure.code}.title`)}. {t(`error.${failure.code}.body`)}
              </li>
            ))}
          </ul>
          <Button variant="default" size="compact-md" onClick={clear}>
            {t('action.close')}
          </Button>
        </div>
      )}
      <p role="status" className={styles.dropNote} data-shown={over || left > 0 || undefined}>
        {left > 0 ? t('paper.readingFiles', { number: String(left) }) : over ? t('paper.dropHere') : ''}
      </p>
      {children}
    </div>
  );
}
