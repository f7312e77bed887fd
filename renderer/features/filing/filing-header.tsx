import type { FilingDetail } from '../../../shared/contract/index.ts';
import { BackButton } from '../../app/back-button.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EarlierNote } from '../registration/earlier-note.tsx';
import { DueChip } from '../queue/due-chip.tsx';
import { SignatureChip } from '../signatures/signature-chip.tsx';
import { HeldNotice } from './held-notice.tsx';
import { partiesInShort } from './parties-in-short.ts';
import styles from './filing-header.module.css';

/** Who against whom, which filing, how long there is: always in sight above the panel. */
export function FilingHeader({ filing }: { readonly filing: FilingDetail }) {
  const { t } = useTexts();
  const format = useFormat();
  const kindName = useKindName();
  const { claimant, respondent } = partiesInShort(filing.parties);
  const registered = filing.registeredAt !== null;
  const caseNumber = filing.caseNumber ?? filing.joinsCase;
  const { open } = useNavigation();
  return (
    <header className={styles.header}>
      <div className={styles.head}>
        <h1 className={styles.parties}>
          <span lang={filing.language}>{claimant?.name ?? t('state.unknown')}</span>
          {respondent && (
            <>
              {' '}
              <Icon name="right" size={14} />
              <span className="visually-hidden">–</span> <span lang={filing.language}>{respondent.name}</span>
            </>
          )}
        </h1>
        <BackButton />
      </div>
      <p className={styles.line}>
        {kindName.short(filing.kind)} · {t('filing.number', { number: filing.cabinetNumber })}
        {filing.claimValue !== null && ` · ${format.money(filing.claimValue)}`}
      </p>
      <p className={styles.moments}>
        <span>{filing.sentAt === null ? t('filing.onPaperShort') : t('filing.sentShort', { time: format.dayAndTime(filing.sentAt) })}</span>
        <span>{t('filing.receivedShort', { time: format.dayAndTime(filing.receivedAt) })}</span>
        <span>
          {filing.registeredAt === null
            ? t('filing.notRegisteredShort')
            : t('filing.registeredShort', { time: format.dayAndTime(filing.registeredAt) })}
        </span>
      </p>
      <p className={styles.chips}>
        {registered ? (
          <>
            {filing.incomingNumber !== null && <span>{t('filing.incomingShort', { number: filing.incomingNumber })}</span>}
            {caseNumber !== null && (
              <button
                type="button"
                className={styles.case}
                aria-keyshortcuts="C"
                onClick={() => open({ screen: 'case', number: caseNumber })}
              >
                {t('filing.caseShort', { number: caseNumber })}
              </button>
            )}
            {filing.confirmedAt === null ? (
              <Chip shape="busy">{t('mark.unconfirmed')}</Chip>
            ) : (
              <Chip shape="ok">{t('filing.confirmed')}</Chip>
            )}
          </>
        ) : (
          <DueChip dueAt={filing.dueAt} courtDaysLeft={filing.courtDaysLeft} />
        )}
        <Chip tone="none">{t(`status.${filing.state}`)}</Chip>
        {/* A verdict that changes while the filing is open is read out. */}
        <span role="status">
          <SignatureChip state={filing.signature} />
        </span>
        {filing.flagged && <Chip shape="warn">{t('mark.flagged')}</Chip>}
        {filing.intake === 'arriving' && <Chip shape="busy">{t('mark.arriving')}</Chip>}
        {filing.intake === 'damaged' && <Chip shape="bad">{t('mark.damaged')}</Chip>}
      </p>
      {filing.postponed && !registered && (
        <p className={styles.postponed} title={filing.postponed.reason}>
          <Icon name="clock" size={14} /> {t('mark.postponed', { date: format.dateTime(filing.postponed.until) })}
          {filing.postponed.by !== null && ` · ${filing.postponed.by}`} · {filing.postponed.reason}
        </p>
      )}
      <EarlierNote filing={filing} />
      <HeldNotice filing={filing} />
    </header>
  );
}
