import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { KeyChoice } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { KeyFacts } from '../acts/key-facts.tsx';
import styles from './paper.module.css';

export type Certifying = {
  readonly keyId: string | null;
  readonly keys: readonly KeyChoice[];
  readonly choose: (id: string | null) => void;
};

/** The keys that are here now; one that is pulled out is not chosen any more, also when it comes back. */
export function useCertifying(): Certifying {
  const [keyId, choose] = useState<string | null>(null);
  const answer = useAnswer('signing-keys', () => kense().keys.list({}));
  const { reload } = answer;
  useEvent('keysChanged', () => void reload());
  const keys = answer.value?.keys ?? [];
  const fits = keys.some(({ id, refusal }) => id === keyId && refusal === null);
  if (keyId !== null && answer.value !== null && !fits) choose(null);
  return { keyId: fits ? keyId : null, keys, choose };
}

/** By whose key the copies are signed as true, if by any; the keys that do not fit with the reason why not. */
export function CertifyField({ keyId, keys, choose }: Certifying) {
  const { t } = useTexts();
  const nameOf = ({ owner, label }: KeyChoice) => `${owner ?? t('key.ownerUnknown')} · ${label}`;
  const chosen = keys.find(({ id }) => id === keyId);
  const unfit = keys.filter(({ refusal }) => refusal !== null);
  return (
    <div className={styles.certify}>
      <NativeSelect
        label={t('paper.certify')}
        value={keyId ?? ''}
        data={[
          { value: '', label: t('paper.certify.none') },
          ...keys
            .filter(({ refusal }) => refusal === null)
            .map((key) => ({ value: key.id, label: t('paper.certify.with', { key: nameOf(key) }) })),
        ]}
        onChange={(event) => choose(event.currentTarget.value || null)}
      />
      {chosen && (
        <p className={styles.keyFacts}>
          <KeyFacts choice={chosen} />
        </p>
      )}
      {unfit.length > 0 && (
        <details>
          <summary>{t('paper.certify.unfit', { number: String(unfit.length) })}</summary>
          <ScrollRegion label={t('paper.certify.unfit', { number: String(unfit.length) })} className={styles.unfit}>
            <ul>
              {unfit.map((key) => (
                <li key={key.id} className={styles.keyFacts}>
                  <b>{key.owner ?? t('key.ownerUnknown')}</b>
                  <KeyFacts choice={key} />
                </li>
              ))}
            </ul>
          </ScrollRegion>
        </details>
      )}
    </div>
  );
}
