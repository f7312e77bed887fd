import { useEffect, useRef } from 'react';
import { useTexts } from '../../i18n/use-texts.ts';
import { focusAtRest } from '../../ui/focus-at-rest.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import styles from './document-view.module.css';

type Props = {
  /** An address of our own scheme, whose bytes have been checked. */
  readonly url: string;
  readonly label: string;
  readonly takeFocus: boolean;
  readonly onProblem: () => void;
};

/** An image as wide as the room; only kinds the engine draws itself. */
export function ImageView({ url, label, takeFocus, onProblem }: Props) {
  const { t } = useTexts();
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takeFocus) focusAtRest(region.current);
  }, [takeFocus]);
  return (
    <ScrollRegion ref={region} className={styles.imageRoom} label={t('viewer.document', { title: label })}>
      <img className={styles.image} src={url} alt={label} onError={onProblem} />
    </ScrollRegion>
  );
}
