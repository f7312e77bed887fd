import { useId } from 'react';
import type { Correction, CorrectionChange } from '../../../shared/contract/index.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { sideId } from './parties-in-short.ts';
import styles from './office-words.module.css';

/** What the office has changed of what the filer said: the old value stays to be read. */
export function CorrectionsList({ corrections }: { readonly corrections: readonly Correction[] }) {
  const { t } = useTexts();
  const format = useFormat();
  const titleId = useId();
  if (corrections.length === 0) return null;
  return (
    <section aria-labelledby={titleId} className={styles.section}>
      <h2 id={titleId}>{t('correction.title')}</h2>
      <ol className={styles.words}>
        {corrections.map((correction) => (
          <li key={correction.id} className={styles.word}>
            <p className={styles.who}>
              {correction.by} · {format.dateTime(correction.madeAt)}
              {!correction.confirmed && ` · ${t('note.waiting')}`}
            </p>
            {correction.changes.map((change, at) => (
              <Change key={at} change={change} />
            ))}
            <p className={styles.who}>{t('correction.because', { reason: correction.reason })}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Change({ change: { field, party, before, after } }: { readonly change: CorrectionChange }) {
  const { t, named } = useTexts();
  const kindName = useKindName();
  const whose = party === null ? '' : party < 0 ? `${t('side.representative')} · ` : `${t('correction.party', { number: party + 1 })} · `;
  const say = (value: string | null): string =>
    value === null
      ? t('state.none')
      : field === 'kind'
        ? kindName.full(value)
        : field === 'side'
          ? named('side', sideId(value))
          : field === 'type'
            ? named('partyType', value)
            : value;
  return (
    <p className={styles.change}>
      {whose}
      {t(`correction.field.${field}`)}: <s className={styles.old}>{say(before)}</s> → {say(after)}
    </p>
  );
}
