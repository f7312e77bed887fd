import type { AnnexView } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { ANNEX_WORDS } from '../documents/annex-words.ts';
import { Standing } from '../proceedings/standing-chip.tsx';
import styles from './details-panel.module.css';

/** How far papers that were handed in later are on their way to the registry. */
export function AnnexStanding({ standing: { state, code } }: Pick<AnnexView, 'standing'>) {
  const { t } = useTexts();
  if (state !== 'withdrawn') return <Standing standing={{ state, code }} done="" />;
  return (
    <>
      <Chip shape="none">{t(ANNEX_WORDS.withdrawn)}</Chip>
      <p className={styles.line}>{t('annex.withdrawnWhere')}</p>
    </>
  );
}
