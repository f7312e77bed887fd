import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Administration } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { useAction } from '../../api/use-action.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import type { ViewProps } from './administration-screen.tsx';
import styles from './administration-screen.module.css';

type Props = ViewProps & {
  /** What is typed can be saved. */
  readonly ready: boolean;
  readonly save: () => Promise<Result<Administration>>;
  readonly children: ReactNode;
};

/** Something of the whole court that is changed by the registry: saved with the line, and said until it is changed again. */
export function SavedForm({ now, onChanged, ready, save, children }: Props) {
  const { t } = useTexts();
  const [saved, setSaved] = useState(false);
  const saving = useAction();
  return (
    <form
      className={styles.form}
      onChange={() => setSaved(false)}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        void saving.run(save, (changed) => {
          setSaved(true);
          onChanged(changed);
        });
      }}
    >
      {children}
      {saving.failure && <FailureCard failure={saving.failure} compact />}
      <div className={styles.bar}>
        <Button type="submit" loading={saving.busy} disabled={now.offline !== null || !ready}>
          {t('administration.save')}
        </Button>
        <p role="status">{saved ? t('administration.rulesSaved') : ''}</p>
      </div>
    </form>
  );
}
