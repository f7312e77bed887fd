import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import type { SignatureState } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon } from '../../ui/icon.tsx';
import { SHAPE_OF_SIGNATURE, StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import { RecheckButton } from './recheck-button.tsx';
import { SignerFacts } from './signer-facts.tsx';
import { SignerMatch } from './signer-match.tsx';
import { TechnicalDetails } from './technical-details.tsx';
import { callsForDefect, isRecheckable, type SignatureEntry } from './worst-first.ts';
import styles from './signature-card.module.css';

type Props = {
  readonly entry: SignatureEntry;
  readonly lang: string;
  /** `brief`: what decides, beside the checklist; `line`: a sound signature among others, opened by a press. */
  readonly size: 'full' | 'brief' | 'line';
  readonly nextRecheckAt: string | null;
  readonly onRecheck?: (() => void) | undefined;
  readonly rechecking?: boolean;
  /** Opens the marking of defects, where this person may mark them. */
  readonly onDefects?: (() => void) | undefined;
  readonly onOpenDocument: (id: string) => void;
};

/** Said when the core names no reason of its own. */
const HELP: Readonly<Record<SignatureState, TextKey>> = {
  valid: 'sig.validHelp',
  'on-paper': 'sig.onPaperHelp',
  'check-signer': 'sig.checkSignerHelp',
  undecided: 'sig.indeterminateHelp',
  'not-checked': 'sig.notCheckedHelp',
  invalid: 'sig.invalidHelp',
  absent: 'sig.absentHelp',
};
/** An annex that nobody signed is told apart from a main document that lacks its signature. */
const looksOf = ({ state, annex }: SignatureEntry): { readonly shape: StatusShape; readonly look: SignatureState | 'unsigned-annex' } =>
  annex && state === 'absent' ? { shape: 'none', look: 'unsigned-annex' } : { shape: SHAPE_OF_SIGNATURE[state], look: state };
/** A sound signature about which there is something to know says so in its title. */
const titleOf = ({ state, card }: SignatureEntry): TextKey => (state === 'valid' && card?.note ? 'sig.validWithNote' : `sig.${state}`);

/** One title, one reason, one next step; everything else is below or folded. */
export function SignatureCard(props: Props) {
  const [opened, setOpened] = useState(props.size !== 'line');
  return opened ? <OpenCard {...props} /> : <CardLine entry={props.entry} onOpen={() => setOpened(true)} />;
}

function CardLine({ entry, onOpen }: { readonly entry: SignatureEntry; readonly onOpen: () => void }) {
  const { t } = useTexts();
  const format = useFormat();
  const { card, document } = entry;
  const { shape, look } = looksOf(entry);
  const parts = [document.title || document.fileName, card?.signerName, card?.signedAt && format.dateTime(card.signedAt)];
  return (
    <button type="button" className={styles.line} data-state={look} onClick={onOpen} aria-expanded={false}>
      <StatusIcon shape={shape} />
      <span className={styles.lineText}>
        <b>{t(titleOf(entry))}</b> · {parts.filter(Boolean).join(' · ')}
      </span>
      <Icon name="down" size={16} />
    </button>
  );
}

function OpenCard({ entry, lang, size, nextRecheckAt, onRecheck, rechecking = false, onDefects, onOpenDocument }: Props) {
  const { t, named, has } = useTexts();
  const format = useFormat();
  const titleId = useId();
  const { card, state, document, annex } = entry;
  const { shape, look } = looksOf(entry);
  const brief = size === 'brief';
  const reason = card?.reason ?? null;
  const recheckable = isRecheckable(entry);
  const power = card?.match?.powerOfAttorney ?? null;
  return (
    <article className={styles.card} data-state={look} aria-labelledby={titleId}>
      <StatusIcon shape={shape} />
      <div className={styles.body}>
        <h2 id={titleId} className={styles.title}>
          {t(titleOf(entry))}
        </h2>
        {reason !== null && has(`sigReason.${reason}`) ? (
          <>
            <p>
              <b>{t('sig.why')}:</b> {named('sigReason', reason)}
            </p>
            <p>
              <b>{t('sig.whatToDo')}:</b> {named('sigReason', `${reason}.do`)}
            </p>
          </>
        ) : (
          <p>{t(look === 'unsigned-annex' ? 'sig.annexHelp' : HELP[state])}</p>
        )}
        {card?.note && (
          <p>
            <b>{t('sig.note')}:</b> {named('sigWarning', card.note)}
          </p>
        )}
        <dl className={styles.facts}>
          {(!brief || annex) && (
            <>
              <dt>{t('sig.covers')}</dt>
              <dd lang={lang}>
                <button type="button" className={styles.link} onClick={() => onOpenDocument(document.id)}>
                  {document.title || document.fileName}
                </button>
              </dd>
            </>
          )}
          {card && <SignerFacts card={card} brief={brief} />}
          {card?.match && !brief && <SignerMatch match={card.match} lang={lang} onOpenDocument={onOpenDocument} />}
        </dl>
        <div className={styles.actions}>
          {onDefects && callsForDefect(entry) && (
            <Button variant="default" size="compact-md" onClick={onDefects}>
              {t('sig.markDefect')}
            </Button>
          )}
          {onRecheck && recheckable && <RecheckButton busy={rechecking} onRecheck={onRecheck} />}
          {recheckable && nextRecheckAt !== null && (
            <span className={styles.next}>{t('sig.nextTry', { time: format.timeToday(nextRecheckAt) })}</span>
          )}
          {state === 'check-signer' && power && (
            <Button variant="default" size="compact-md" onClick={() => onOpenDocument(power.documentId)}>
              {t('sig.openPower', { title: power.title })}
            </Button>
          )}
        </div>
        {card && !brief && <TechnicalDetails card={card} document={document} />}
      </div>
    </article>
  );
}
