import type { ActSummary } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';

/** A draft that waits for the office and cannot be signed. */
export function SentBackChip() {
  const { t } = useTexts();
  return <Chip shape="busy">{t('decision.withOffice')}</Chip>;
}

/** Whether a draft was read as it is now: read, not read, or changed since it was read. */
export function ReviewChip({ act }: { readonly act: Pick<ActSummary, 'reviewed' | 'changedSinceReview'> }) {
  const { t } = useTexts();
  if (act.reviewed) return <Chip shape="ok">{t('act.reviewed')}</Chip>;
  if (act.changedSinceReview) return <Chip shape="warn">{t('act.changedSince')}</Chip>;
  return <Chip shape="unchecked">{t('act.notReviewed')}</Chip>;
}
