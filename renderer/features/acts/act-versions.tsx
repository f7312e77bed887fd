import { Button } from '@mantine/core';
import { useActName } from '../../app/use-act-name.ts';
import { useState } from 'react';
import type { ActVersionView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { VersionDialog } from './version-dialog.tsx';
import { DifferenceDialog } from './difference-dialog.tsx';
import styles from '../proceedings/proceedings.module.css';

type Props = {
  readonly actId: string;
  /** Asks again when it is another. */
  readonly revision: number;
  readonly language: 'kk' | 'ru';
};
type Opened = { readonly what: 'text' | 'difference'; readonly version: ActVersionView };

/** Every text of an act with who made it and why, to look at and to compare with the one before. */
export function ActVersions({ actId, revision, language }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const actName = useActName();
  const [opened, setOpened] = useState<Opened | null>(null);
  const answer = useAnswer(`versions:${actId}:${revision}`, () => kense().act.versions({ id: actId }));
  if (answer.value === null)
    return answer.failure ? <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact /> : null;
  const versions = answer.value;
  const before = opened && versions.find(({ number }) => number === opened.version.number - 1);
  return (
    <section className={styles.section} aria-label={t('versions.title')}>
      <h3>{t('versions.title')}</h3>
      <ol className={styles.papers} reversed>
        {versions.toReversed().map((version) => (
          <li key={version.number}>
            <span>{t('versions.number', { number: version.number })}</span>
            <span>{actName(version)}</span>
            <span className={styles.small}>
              {t(`versions.why.${version.why}`)} · {version.madeBy ?? t('history.program')} · {format.dateTime(version.madeAt)}
            </span>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t('versions.openOf', { number: version.number })}
              onClick={() => setOpened({ what: 'text', version })}
            >
              {t('versions.open')}
            </Button>
            {version.number > 1 && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t('versions.differenceOf', { number: version.number })}
                onClick={() => setOpened({ what: 'difference', version })}
              >
                {t('versions.difference')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {opened?.what === 'text' && (
        <VersionDialog actId={actId} version={opened.version} language={language} onClose={() => setOpened(null)} />
      )}
      {opened?.what === 'difference' && before && (
        <DifferenceDialog actId={actId} before={before} after={opened.version} language={language} onClose={() => setOpened(null)} />
      )}
    </section>
  );
}
