import { Button, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { parseCaseNumber } from '../../../shared/domain/case-number.ts';
import type { FilingDetail, PartyView } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/result.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { SHAPE_OF_SIGNATURE, StatusIcon } from '../../ui/status-icon.tsx';
import { DefectList } from '../filing/details-panel.tsx';
import { partiesInShort } from '../filing/parties-in-short.ts';
import { useSync } from '../sync/sync-context.tsx';
import styles from './confirm-strip.module.css';

type Props = {
  readonly filing: FilingDetail;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onConfirm: (joinsCase: string | null) => void;
  readonly onCancel: () => void;
};

function PartyFact({ party, lang }: { readonly party: PartyView | null; readonly lang: string }) {
  const { t } = useTexts();
  if (!party) return <>{t('state.unknown')}</>;
  const identifier = party.bin ?? party.iin;
  return (
    <>
      <span lang={lang}>{party.name}</span>
      {identifier !== null && ` · ${t(party.bin === null ? 'filing.iin' : 'filing.bin')} ${identifier}`}
    </>
  );
}

/** The only guard before a number is bound for good: it shows the facts, it does not ask whether one is sure. */
export function ConfirmStrip({ filing, busy, failure, onConfirm, onCancel }: Props) {
  const { t } = useTexts();
  const kindName = useKindName();
  const { status } = useSync();
  const titleId = useId();
  const confirm = useRef<HTMLButtonElement>(null);
  const caseField = useRef<HTMLInputElement>(null);
  const [joins, setJoins] = useState(filing.namedCase ?? '');
  const [withCase, setWithCase] = useState(filing.namedCase !== null);
  const [caseWrong, setCaseWrong] = useState(false);
  const { claimant, respondent } = partiesInShort(filing.parties);
  const refused = failure?.code === 'case-unknown';

  useEffect(() => confirm.current?.focus(), []);
  useEffect(() => {
    if (refused) caseField.current?.focus();
  }, [refused]);
  useCommands('panel', {
    'app.back': onCancel,
    'filing.register': () => confirm.current?.focus(),
    'filing.defects': () => {},
    'filing.check': () => {},
  });

  const submit = () => {
    const number = joins.trim();
    if (withCase && number !== '' && parseCaseNumber(number) === null) {
      setCaseWrong(true);
      caseField.current?.focus();
      return;
    }
    onConfirm(withCase && number !== '' ? number : null);
  };
  /* A held Ctrl+Enter must not confirm what it has just opened. */
  const guard = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.repeat || event.ctrlKey)) event.preventDefault();
  };
  return (
    <section className={styles.strip} aria-labelledby={titleId} data-pane>
      <h2 id={titleId}>{t('reg.title')}</h2>
      <dl className={styles.facts}>
        <dt>{t('filing.kind')}</dt>
        <dd>{kindName.full(filing.kind)}</dd>
        <dt>{t('filing.applicant')}</dt>
        <dd>
          <PartyFact party={claimant} lang={filing.language} />
        </dd>
        {respondent && (
          <>
            <dt>{t('filing.respondent')}</dt>
            <dd>
              <PartyFact party={respondent} lang={filing.language} />
            </dd>
          </>
        )}
        <dt>{t('queue.colSignature')}</dt>
        <dd className={styles.signature}>
          <StatusIcon shape={SHAPE_OF_SIGNATURE[filing.signature]} size={18} />
          {t(`sig.${filing.signature}`)}
        </dd>
        {withCase && (
          <>
            <dt>{t('reg.joinsCase')}</dt>
            <dd>
              <TextInput
                ref={caseField}
                aria-label={t('reg.joinsCase')}
                value={joins}
                spellCheck={false}
                error={caseWrong ? t('reg.caseFormat') : null}
                onChange={(event) => {
                  setJoins(event.currentTarget.value);
                  setCaseWrong(false);
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && !event.repeat && !event.ctrlKey) submit();
                }}
              />
            </dd>
          </>
        )}
      </dl>
      {filing.defects.length > 0 && (
        <div>
          <h3>{t('reg.withDefects')}</h3>
          <DefectList defects={filing.defects} />
        </div>
      )}
      {status && !status.online && <p className={styles.note}>{t(status.connection === 'offline' ? 'reg.offline' : 'reg.laterShort')}</p>}
      {failure && <FailureCard failure={failure} compact />}
      <div className={styles.actions}>
        <Button ref={confirm} loading={busy} onKeyDown={guard} onClick={submit} rightSection={<KeyCap keys="Enter" tone="onPrimary" />}>
          {t('reg.actionNext')}
        </Button>
        <Button variant="default" onClick={onCancel} rightSection={<KeyCap keys="Esc" />}>
          {t('action.cancel')}
        </Button>
        {!withCase && (
          <Button variant="subtle" onClick={() => setWithCase(true)}>
            {t('reg.toCase')}
          </Button>
        )}
      </div>
    </section>
  );
}
