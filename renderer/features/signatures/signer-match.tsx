import type { SignerMatch as Match } from '../../../shared/contract/index.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { SHAPE_OF_SIGNATURE, StatusIcon } from '../../ui/status-icon.tsx';
import styles from './signature-card.module.css';

const ANSWER: Readonly<Record<string, TextKey>> = { 'power-of-attorney': 'sigMatch.there' };
const NO_ANSWER: Readonly<Record<string, TextKey>> = { 'power-of-attorney': 'sigMatch.missing' };

/** A representative is somebody else than the applicant. */
const isExpected = (relation: Match['relation'], item: string) => relation === 'representative' && item.startsWith('applicant');

/** Whose the signature is, apart from whether it is sound: what was compared, what to look at, and the paper that shows the authority. */
export function SignerMatch({
  match,
  lang,
  onOpenDocument,
}: {
  readonly match: Match;
  readonly lang: string;
  readonly onOpenDocument: (id: string) => void;
}) {
  const { t, named } = useTexts();
  const kindName = useKindName();
  const { relation, items, doubts, powerOfAttorney } = match;
  return (
    <>
      <dt>{t('sigMatch.title')}</dt>
      <dd>
        {t(`sigMatch.relation.${relation === 'applicant' && match.forOrganisation ? 'organisation' : relation}`)}
        <ul className={styles.match}>
          {items.map(({ item, matches }) => (
            <li key={item} data-match={item}>
              <StatusIcon shape={matches ? 'ok' : isExpected(relation, item) ? 'none' : 'warn'} size={16} />
              <span>
                {t(`sigMatch.${item}`)}:{' '}
                {matches ? t(ANSWER[item] ?? 'sigMatch.agrees') : <b>{t(NO_ANSWER[item] ?? 'sigMatch.differs')}</b>}
              </span>
            </li>
          ))}
          {doubts.map((doubt) => (
            <li key={doubt} data-doubt={doubt}>
              <StatusIcon shape="warn" size={16} />
              <span>{named('sigDoubt', doubt)}</span>
            </li>
          ))}
          {powerOfAttorney && (
            <li>
              <StatusIcon shape={SHAPE_OF_SIGNATURE[powerOfAttorney.signature]} size={16} />
              <span>
                {kindName.full(powerOfAttorney.role)}:{' '}
                <button type="button" className={styles.link} lang={lang} onClick={() => onOpenDocument(powerOfAttorney.documentId)}>
                  {powerOfAttorney.title}
                </button>
                <span className="visually-hidden"> {t(`sig.short.${powerOfAttorney.signature}`)}</span>
              </span>
            </li>
          )}
        </ul>
      </dd>
    </>
  );
}
