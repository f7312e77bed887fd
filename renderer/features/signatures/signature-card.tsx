import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import type { SignatureCard as Card, SignatureState } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon } from '../../ui/icon.tsx';
import { SHAPE_OF_SIGNATURE, StatusIcon } from '../../ui/status-icon.tsx';
import type { SignatureEntry } from './worst-first.ts';
import styles from './signature-card.module.css';

type Props = {
  readonly entry: SignatureEntry;
  readonly lang: string;
  /** One line: name and time. Never for a problem. */
  readonly collapsed?: boolean;
  readonly nextRecheckAt: string | null;
  readonly onRecheck?: (() => void) | undefined;
  readonly onOpenDocument?: ((id: string) => void) | undefined;
  readonly withDetails?: boolean;
};

/** Said when the core names no reason of its own. */
const HELP: Readonly<Record<SignatureState, TextKey>> = {
  valid: 'sig.validHelp',
  'check-signer': 'sig.checkSignerHelp',
  undecided: 'sig.indeterminateHelp',
  'not-checked': 'sig.notCheckedHelp',
  invalid: 'sig.invalidHelp',
  absent: 'sig.absentHelp',
};
const RECHECKABLE: readonly SignatureState[] = ['undecided', 'not-checked'];

export function SignatureCard({ entry, lang, collapsed = false, nextRecheckAt, onRecheck, onOpenDocument, withDetails = true }: Props) {
  const { t, named, has } = useTexts();
  const format = useFormat();
  const [opened, setOpened] = useState(!collapsed);
  const titleId = useId();
  const { card, state, document } = entry;
  const reason = card?.reason ?? null;
  const isKnown = reason !== null && has(`sigReason.${reason}`);
  const title = document.title || document.fileName;

  if (!opened && card) {
    return (
      <button type="button" className={styles.line} data-state={state} onClick={() => setOpened(true)} aria-expanded={false}>
        <StatusIcon shape={SHAPE_OF_SIGNATURE[state]} />
        <span className={styles.lineText}>
          <b>{t(`sig.${state}`)}</b> · {card.signerName ?? t('state.unknown')}
          {card.signedAt !== null && ` · ${format.dateTime(card.signedAt)}`}
        </span>
        <Icon name="down" size={16} />
      </button>
    );
  }
  return (
    <article className={styles.card} data-state={state} aria-labelledby={titleId}>
      <StatusIcon shape={SHAPE_OF_SIGNATURE[state]} />
      <div className={styles.body}>
        <h3 id={titleId} className={styles.title}>
          {t(`sig.${state}`)}
        </h3>
        {isKnown ? (
          <>
            <p>
              <b>{t('sig.why')}:</b> {named('sigReason', reason)}
            </p>
            <p>
              <b>{t('sig.whatToDo')}:</b> {named('sigReason', `${reason}.do`)}
            </p>
          </>
        ) : (
          <p>{t(HELP[state])}</p>
        )}
        <dl className={styles.facts}>
          <dt>{t('sig.covers')}</dt>
          <dd lang={lang}>
            {onOpenDocument ? (
              <button type="button" className={styles.link} onClick={() => onOpenDocument(document.id)}>
                {title}
              </button>
            ) : (
              title
            )}
          </dd>
          {card && <SignerFacts card={card} />}
          {RECHECKABLE.includes(state) && nextRecheckAt !== null && (
            <>
              <dt>{t('sig.nextRecheck')}</dt>
              <dd>{format.dateTime(nextRecheckAt)}</dd>
            </>
          )}
        </dl>
        {onRecheck && RECHECKABLE.includes(state) && (
          <Button variant="default" size="compact-md" onClick={onRecheck}>
            {t('sig.recheck')}
          </Button>
        )}
        {card && withDetails && <TechnicalDetails card={card} />}
      </div>
    </article>
  );
}

function SignerFacts({ card }: { readonly card: Card }) {
  const { t } = useTexts();
  const format = useFormat();
  const time =
    card.signedAt === null
      ? t('state.unknown')
      : card.timeSource === 'none'
        ? format.dateTime(card.signedAt)
        : `${format.dateTime(card.signedAt)} (${t(card.timeSource === 'timestamp' ? 'sig.timeTrusted' : 'sig.timeUntrusted')})`;
  return (
    <>
      <dt>{t('sig.signer')}</dt>
      <dd>
        {card.signerName ?? t('state.unknown')}
        {card.identity !== 'unknown' && <span className={styles.who}> · {t(`sig.identity.${card.identity}`)}</span>}
      </dd>
      {card.signerIin !== null && (
        <>
          <dt>{t('filing.iin')}</dt>
          <dd>{card.signerIin}</dd>
        </>
      )}
      {card.signerBin !== null && (
        <>
          <dt>{t('filing.bin')}</dt>
          <dd>
            {card.signerBin}
            {card.signerOrganisation !== null && ` · ${card.signerOrganisation}`}
          </dd>
        </>
      )}
      <dt>{t('sig.signedAt')}</dt>
      <dd>{time}</dd>
      {card.checkedAt !== null && (
        <>
          <dt>{t('sig.checkedAt')}</dt>
          <dd>
            {format.dateTime(card.checkedAt)}
            {card.revocationAsOf !== null && `; ${t('sig.revocationAsOf', { when: format.dateTime(card.revocationAsOf) })}`}
          </dd>
        </>
      )}
    </>
  );
}

function TechnicalDetails({ card }: { readonly card: Card }) {
  const { t } = useTexts();
  const format = useFormat();
  const rows: readonly (readonly [string, string | null])[] = [
    [t('sig.file'), card.fileName],
    [t('sig.indication'), [card.indication, card.subIndication].filter((part) => part !== null).join(' · ') || null],
    [t('sig.issuer'), card.issuer],
    [t('sig.serial'), card.serial],
    [
      t('sig.certValidity'),
      card.certificateFrom !== null && card.certificateTo !== null ? `${format.date(card.certificateFrom)} – ${format.date(card.certificateTo)}` : null,
    ],
    [t('sig.algorithm'), card.algorithm],
    [t('sig.level'), card.level],
    [t('sig.signerRoles'), card.signerRoles.join(', ') || null],
    [t('sig.warnings'), card.warnings.join(', ') || null],
  ];
  return (
    <details className={styles.details}>
      <summary>{t('sig.technical')}</summary>
      <dl className={styles.technical} lang="en">
        {rows.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <ul className={styles.checks} aria-label={t('sig.checks')} lang="en">
        {card.checks.map((check) => (
          <li key={check.id} data-result={check.result}>
            <StatusIcon shape={check.result === 'ok' ? 'ok' : check.result === 'fail' ? 'bad' : check.result === 'warn' ? 'warn' : 'unchecked'} size={14} />
            <span>
              {check.id}
              {check.reason !== null && ` · ${check.reason}`}
            </span>
            <span className="visually-hidden">{check.result}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
