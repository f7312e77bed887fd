import { useEffect, useRef } from 'react';
import { useTexts } from '../../i18n/use-texts.ts';
import { focusAtRest } from '../../ui/focus-at-rest.ts';
import styles from './document-view.module.css';

type Props = {
  /** An address of our own scheme, whose bytes have been checked. */
  readonly url: string;
  readonly label: string;
  readonly autoFocus: boolean;
  readonly onProblem: () => void;
};

/** An image as wide as the room; only kinds the engine draws itself. */
export function ImageView({ url, label, autoFocus, onProblem }: Props) {
  const { t } = useTexts();
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (autoFocus) focusAtRest(region.current);
  }, [autoFocus]);
  return (
    <div
      ref={region}
      className={styles.imageRoom}
      tabIndex={0}
      role="region"
      aria-label={t('viewer.document', { title: label })}
      data-single-keys
      data-pane-start
    >
      <img className={styles.image} src={url} alt={label} onError={onProblem} />
    </div>
  );
}
