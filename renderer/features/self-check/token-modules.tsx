import { Button } from '@mantine/core';
import { useId } from 'react';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import styles from './self-check-screen.module.css';

/** The modules of tokens that an administrator allows on this computer; a file is chosen in the dialog of the system. */
export function TokenModules({ onChanged }: { readonly onChanged: () => void }) {
  const { t } = useTexts();
  const titleId = useId();
  const answer = useAnswer('token-modules', () => kense().doctor.modules({}));
  const changing = useAction();
  const change = (ask: () => ReturnType<ReturnType<typeof kense>['doctor']['addModule']>) =>
    void changing.run(ask, (now) => {
      answer.replace(now);
      onChanged();
    });
  const failure = changing.failure ?? answer.failure;
  return (
    <section aria-labelledby={titleId} className={styles.modules}>
      <h2 id={titleId} className={styles.name}>
        {t('selfCheck.modules')}
      </h2>
      <p className={styles.means}>{t('selfCheck.modulesHelp')}</p>
      {answer.value?.length === 0 && <p>{t('selfCheck.modulesNone')}</p>}
      {answer.value !== null && answer.value.length > 0 && (
        <ul>
          {answer.value.map(({ id, file }) => (
            <li key={id} className={styles.module}>
              <bdi>{file}</bdi>
              <Button
                variant="default"
                size="compact-md"
                disabled={changing.busy}
                aria-label={`${t('selfCheck.modulesRemove')}: ${file}`}
                onClick={() => change(() => kense().doctor.removeModule({ id }))}
              >
                {t('selfCheck.modulesRemove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {failure && <FailureCard failure={failure} compact />}
      <div>
        <Button variant="default" loading={changing.busy} onClick={() => change(() => kense().doctor.addModule({}))}>
          {t('selfCheck.modulesAdd')}
        </Button>
      </div>
    </section>
  );
}
