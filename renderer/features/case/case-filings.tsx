import type { CaseCard, CaseFiling } from '../../../shared/contract/index.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { AnnexStanding } from '../filing/annex-standing.tsx';
import { FactRecords } from '../filing/facts-section.tsx';
import styles from './case-screen.module.css';

/** The filings of a case with their documents; each opens, and coming back lands on it. */
export function CaseFilings({ card: { filings, more }, place }: { readonly card: CaseCard; readonly place: string }) {
  const { t } = useTexts();
  if (filings.length === 0) return <p className={styles.none}>{t('case.noFilings')}</p>;
  return (
    <>
      <ul className={styles.cards}>
        {filings.map((filing) => (
          <Filing key={filing.id} filing={filing} place={place} neighbours={filings.map(({ id }) => id)} />
        ))}
      </ul>
      {more && <p className={styles.none}>{t('case.more')}</p>}
    </>
  );
}

type Props = { readonly filing: CaseFiling; readonly place: string; readonly neighbours: readonly string[] };

function Filing({ filing, place, neighbours }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const kindName = useKindName();
  const { open, currentRows } = useNavigation();
  const { id, kind, claimant, incomingNumber, cabinetNumber, state, flagged, registeredAt, talon, documents, corrections, opens } = filing;
  return (
    <li className={styles.card} data-filing={id}>
      <div className={styles.cardHead}>
        <button
          type="button"
          className={styles.open}
          onClick={() => {
            currentRows.set(place, id);
            open({ screen: 'filing', id, neighbours });
          }}
        >
          {kindName.short(kind)} · № {incomingNumber ?? cabinetNumber}
        </button>
        <span className={styles.chips}>
          {opens && <Chip tone="none">{t('case.opens')}</Chip>}
          <Chip tone="none">{t(`status.${state}`)}</Chip>
          {flagged && <Chip shape="warn">{t('mark.flagged')}</Chip>}
          {talon !== null && (
            <Chip tone="none">
              {t('talon.title')}:{' '}
              {talon.prints > 0 ? t('talon.printed', { number: talon.prints }) : t(talon.drawn ? 'talon.ready' : 'talon.drawing')}
            </Chip>
          )}
        </span>
      </div>
      <p className={styles.detail}>
        <bdi>{claimant}</bdi>
        {registeredAt !== null && ` · ${format.dateTime(registeredAt)}`}
      </p>
      {documents.length > 0 && (
        <ul className={styles.documents} aria-label={t('filing.documents')}>
          {documents.map((document) => (
            <li key={document.id}>
              <bdi>{document.title || kindName.short(document.role)}</bdi>
              {document.pages !== null && <span className={styles.detail}> · {t('case.pages', { number: document.pages })}</span>}
              {document.standing && <AnnexStanding standing={document.standing} />}
            </li>
          ))}
        </ul>
      )}
      {corrections.length > 0 && (
        <div>
          <h3 className={styles.small}>{t('fact.records')}</h3>
          <FactRecords corrections={corrections} masked />
        </div>
      )}
    </li>
  );
}
