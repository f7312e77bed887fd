import { useEffect, useRef } from 'react';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon } from '../../ui/status-icon.tsx';
import styles from './paper.module.css';

type Props = {
  /** Where each fault is and what it says, in the order of the form. */
  readonly faults: readonly { readonly field: string; readonly label: string; readonly text: string }[];
  /** Grows with each attempt, so that the summary is read out again. */
  readonly attempt: number;
  readonly onGo: (field: string) => void;
};

/** What is wrong with a form that was sent off, above it; each line leads to its field. */
export function ErrorSummary({ faults, attempt, onGo }: Props) {
  const { t } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'start' });
  }, [attempt]);
  return (
    <div ref={box} className={styles.summary} role="alert" tabIndex={-1} aria-labelledby="paper-faults">
      <h2 id="paper-faults">
        <StatusIcon shape="bad" /> {t('paper.faults')}
      </h2>
      <ul>
        {faults.map(({ field, label, text }) => (
          <li key={field}>
            <button type="button" className={styles.link} onClick={() => onGo(field)}>
              {label}: {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
