import { Button } from '@mantine/core';
import type { LateDuplicate } from '../../../shared/contract/index.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon } from '../../ui/status-icon.tsx';
import styles from './late-duplicates.module.css';

/** Filings like this one that are registered already, before another number is bound. */
export function LateDuplicates({ duplicates }: { readonly duplicates: readonly LateDuplicate[] }) {
  const { t } = useTexts();
  const format = useFormat();
  const navigation = useNavigation();
  if (duplicates.length === 0) return null;
  return (
    <div className={styles.duplicates} role="alert">
      <h3>
        <StatusIcon shape="warn" size={18} /> {t('reg.duplicates')}
      </h3>
      <ul>
        {duplicates.map((duplicate) => (
          <li key={duplicate.filingId}>
            <span>
              <b>{duplicate.incomingNumber ?? duplicate.cabinetNumber}</b>
              {duplicate.caseNumber !== null && ` · ${t('filing.caseShort', { number: duplicate.caseNumber })}`}
              {` · ${format.dateTime(duplicate.registeredAt)} · ${t(`status.${duplicate.state}`)} · ${t(`reg.duplicate.${duplicate.why}`)}`}
            </span>
            <Button
              variant="default"
              size="compact-md"
              aria-label={`${t('reg.openOther')}: ${duplicate.incomingNumber ?? duplicate.cabinetNumber}`}
              onClick={() => navigation.open({ screen: 'filing', id: duplicate.filingId, neighbours: [] })}
            >
              {t('reg.openOther')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
