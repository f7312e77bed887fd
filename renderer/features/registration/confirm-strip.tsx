import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { parseCaseNumber } from '../../../shared/domain/case-number.ts';
import type { BeforeRegistering, FilingDetail, PartyView } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { SHAPE_OF_SIGNATURE, StatusIcon } from '../../ui/status-icon.tsx';
import { DefectList } from '../filing/details-panel.tsx';
import { partiesInShort, sideId } from '../filing/parties-in-short.ts';
import { useSync } from '../sync/sync-context.tsx';
import { CaseField } from './case-field.tsx';
import { LateDuplicates } from './late-duplicates.tsx';
import styles from './confirm-strip.module.css';

type Props = {
  readonly filing: FilingDetail;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onConfirm: (choice: { readonly joinsCase: string | null; readonly seenDuplicates: readonly string[] }) => void;
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
  const { t, named } = useTexts();
  const kindName = useKindName();
  const { status } = useSync();
  const titleId = useId();
  const confirm = useRef<HTMLButtonElement>(null);
  const caseField = useRef<HTMLInputElement>(null);
  const [joins, setJoins] = useState(filing.namedCase ?? '');
  const [withCase, setWithCase] = useState(filing.namedCase !== null);
  const [caseWrong, setCaseWrong] = useState(false);
  const { claimant, respondent } = partiesInShort(filing.parties);
  const [known, setKnown] = useState<BeforeRegistering>({ cases: [], duplicates: [] });
  const refused = failure?.code === 'case-unknown';
  const [proposed] = known.cases;
  const fieldShown = withCase || refused;

  useEffect(() => confirm.current?.focus(), []);
  /* What came in since the strip was opened stops the first try, and is shown before the second. */
  const late = failure?.code === 'duplicate-found' ? failure : null;
  useEffect(() => {
    let wanted = true;
    void settle(kense().filing.beforeRegister({ id: filing.id, search: '' })).then((answer) => {
      if (wanted && answer.ok) setKnown(answer.value);
    });
    return () => {
      wanted = false;
    };
  }, [filing.id, late]);
  const asked = refused || (withCase && filing.namedCase === null);
  useEffect(() => {
    if (asked) caseField.current?.focus();
  }, [asked, refused]);
  useCommands('panel', {
    'app.back': onCancel,
    'filing.register': () => confirm.current?.focus(),
    'filing.defects': () => {},
    'filing.check': () => {},
  });

  const submit = () => {
    const number = joins.trim();
    if (fieldShown && number !== '' && parseCaseNumber(number) === null) {
      setCaseWrong(true);
      caseField.current?.focus();
      return;
    }
    onConfirm({ joinsCase: fieldShown && number !== '' ? number : null, seenDuplicates: known.duplicates.map(({ filingId }) => filingId) });
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
        <dt>{claimant ? named('side', sideId(claimant.side)) : t('filing.applicant')}</dt>
        <dd>
          <PartyFact party={claimant} lang={filing.language} />
        </dd>
        {respondent && (
          <>
            <dt>{named('side', sideId(respondent.side))}</dt>
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
        {fieldShown && (
          <>
            <dt>{t('reg.joinsCase')}</dt>
            <dd>
              <CaseField
                ref={caseField}
                filingId={filing.id}
                value={joins}
                suggested={known.cases}
                error={caseWrong ? t('reg.caseFormat') : null}
                onChange={(number) => {
                  setJoins(number);
                  setCaseWrong(false);
                }}
                onSubmit={submit}
              />
            </dd>
          </>
        )}
      </dl>
      <LateDuplicates duplicates={known.duplicates} />
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
        {!fieldShown && (
          <Button
            variant="subtle"
            onClick={() => {
              setWithCase(true);
              if (proposed) setJoins(proposed.number);
            }}
          >
            {proposed ? t('reg.toThisCase', { number: proposed.number }) : t('reg.toCase')}
          </Button>
        )}
      </div>
    </section>
  );
}
