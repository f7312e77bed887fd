import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { maskIdentifier } from '../../../shared/domain/identifier.ts';
import type { FilingDetail, PartyView } from '../../../shared/contract/index.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { AnnexStanding } from './annex-standing.tsx';
import { AnomalyList } from './anomaly-list.tsx';
import { ComparisonSection, type Jump } from './comparison-section.tsx';
import { CorrectionForm } from './correction-form.tsx';
import { CorrectionsList } from './corrections-list.tsx';
import { FactsSection } from './facts-section.tsx';
import { sideId } from './parties-in-short.ts';
import styles from './details-panel.module.css';

function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Party({ party, lang }: { readonly party: PartyView; readonly lang: string }) {
  const { t, named } = useTexts();
  const identifier = party.bin ?? party.iin;
  return (
    <li className={styles.party}>
      <p className={styles.side}>{named('side', sideId(party.side))}</p>
      <p className={styles.name} lang={lang}>
        {party.name}
      </p>
      <p className={styles.line}>
        {t(party.bin === null ? 'filing.iin' : 'filing.bin')}: {identifier ?? t('state.unknown')}
        {identifier !== null && !party.identifierPlausible && <span className={styles.doubt}> · {t('filing.identifierDoubt')}</span>}
      </p>
      {party.address !== null && (
        <p className={styles.line} lang={lang}>
          {party.address}
        </p>
      )}
      {(party.phone !== null || party.email !== null) && (
        <p className={styles.line}>{[party.phone, party.email].filter((x) => x !== null).join(' · ')}</p>
      )}
    </li>
  );
}

/** Everything the filer said, the three moments and the three numbers; what is missing is said in its place. */
type Props = {
  readonly filing: FilingDetail;
  readonly mayCorrect: boolean;
  /** Of a registered filing: beside its facts. */
  readonly mayCorrectFacts: boolean;
  readonly replaceFiling: (filing: FilingDetail) => void;
  readonly onJump: (jump: Jump) => void;
};

export function DetailsPanel({ filing, mayCorrect, mayCorrectFacts, replaceFiling, onJump }: Props) {
  const { t } = useTexts();
  const [correcting, setCorrecting] = useState(false);
  const corrections = useAnswer(`corrections:${filing.id}:${filing.revision}`, () => kense().filing.corrections({ id: filing.id }));
  const format = useFormat();
  const kindName = useKindName();
  const none = <span className={styles.missing}>{t('state.none')}</span>;
  const copied = (value: string | null) =>
    value === null ? (
      none
    ) : (
      <>
        {value} <CopyButton value={value} />
      </>
    );
  return (
    <div className={styles.panel}>
      <section>
        <h2>{t('anomaly.title')}</h2>
        <AnomalyList filing={filing} />
      </section>
      <section>
        <div className={styles.head}>
          <h2>{t('filing.parties')}</h2>
          {mayCorrect && !correcting && (
            <Button variant="default" size="compact-md" onClick={() => setCorrecting(true)}>
              {t('correction.begin')}
            </Button>
          )}
        </div>
        {mayCorrect && correcting && (
          <CorrectionForm
            filing={filing}
            onDone={(now) => {
              setCorrecting(false);
              replaceFiling(now);
            }}
            onClose={() => setCorrecting(false)}
          />
        )}
        {filing.parties.length === 0 && <p>{none}</p>}
        <ul>
          {filing.parties.map((party, at) => (
            <Party key={at} party={party} lang={filing.language} />
          ))}
          {filing.representative && <Party party={{ ...filing.representative, side: 'representative' }} lang={filing.language} />}
        </ul>
      </section>
      {corrections.value && <CorrectionsList corrections={corrections.value} />}
      {filing.registeredAt !== null && <FactsSection filingId={filing.id} revision={filing.revision} mayCorrect={mayCorrectFacts} />}
      {filing.recalled && (
        <section>
          <h2>{t(filing.recalled.decision === null ? 'recall.done' : `recall.done.${filing.recalled.decision}`)}</h2>
          <p>
            {filing.recalled.by} · {format.dateTime(filing.recalled.at)}
            {!filing.recalled.confirmed && ` · ${t('note.waiting')}`}
          </p>
          <p>{t('correction.because', { reason: filing.recalled.reason })}</p>
        </section>
      )}
      <ComparisonSection filing={filing} onJump={onJump} />
      <section>
        <h2>{t('filing.numbers')}</h2>
        <Facts
          rows={[
            [t('filing.cabinetNumber'), copied(filing.cabinetNumber)],
            [t('filing.incomingNumber'), copied(filing.incomingNumber)],
            [t('filing.caseNumber'), copied(filing.caseNumber)],
            ...(filing.namedCase === null ? [] : [[t('filing.namedCase'), filing.namedCase] as const]),
            ...(filing.joinsCase === null ? [] : [[t('filing.joinsCase'), filing.joinsCase] as const]),
          ]}
        />
      </section>
      <section>
        <h2>{t('filing.moments')}</h2>
        <Facts
          rows={[
            filing.sentAt === null
              ? [t('filing.takenOnPaperBy'), filing.takenOnPaperBy]
              : [t('filing.sentAt'), format.dateTime(filing.sentAt)],
            [t('filing.receivedAt'), format.dateTime(filing.receivedAt)],
            [
              t('filing.registeredAt'),
              filing.registeredAt === null
                ? none
                : `${format.dateTime(filing.registeredAt)}${filing.registeredBy === null ? '' : ` · ${filing.registeredBy}`}`,
            ],
            ...(filing.registeredAt === null
              ? []
              : [
                  [
                    t('filing.confirmedAt'),
                    filing.confirmedAt === null ? t('mark.unconfirmed') : format.dateTime(filing.confirmedAt),
                  ] as const,
                ]),
          ]}
        />
      </section>
      {filing.annexes.length > 0 && (
        <section>
          <h2>{t('annex.title')}</h2>
          {filing.annexes.map((annex) => (
            <Facts
              key={annex.id}
              rows={[
                [t('annex.handedInBy'), <bdi key="name">{annex.handedInBy}</bdi>],
                [t('annex.receivedAt'), `${format.dateTime(annex.receivedAt)}${annex.takenBy === '' ? '' : ` · ${annex.takenBy}`}`],
                [
                  t('filing.documents'),
                  filing.documents
                    .filter(({ annexId }) => annexId === annex.id)
                    .map(({ title, fileName }) => title || fileName)
                    .join('; '),
                ],
                ...(annex.standing.state === 'confirmed'
                  ? []
                  : [[t('annex.atCentre'), <AnnexStanding key="standing" standing={annex.standing} />] as const]),
              ]}
            />
          ))}
        </section>
      )}
      <section>
        <h2>{t('filing.matter')}</h2>
        <Facts
          rows={[
            [t('filing.kind'), kindName.full(filing.kind)],
            [t('filing.category'), filing.category ?? none],
            [t('filing.language'), t(`language.${filing.language}`)],
            [t('filing.claimPrice'), filing.claimValue === null ? none : format.money(filing.claimValue)],
          ]}
        />
      </section>
      <section>
        <h2>{t('filing.fee')}</h2>
        {filing.payment === null ? (
          <p>{t('filing.feeUnknown')}</p>
        ) : (
          <Facts
            rows={[
              [t('filing.feeAmount'), format.money(filing.payment.amount)],
              [
                t('filing.feeDate'),
                /^\d{4}-\d\d-\d\d$/.test(filing.payment.date) ? format.date(`${filing.payment.date}T00:00:00Z`) : filing.payment.date,
              ],
              [t('filing.feeNumber'), filing.payment.number],
              [t('filing.feePayer'), filing.payment.payerId === null ? none : maskIdentifier(filing.payment.payerId)],
              [t('filing.feeCode'), filing.payment.kbk ?? none],
            ]}
          />
        )}
      </section>
      {filing.defects.length > 0 && (
        <section>
          <h2>{t('defects.marked')}</h2>
          <DefectList defects={filing.defects} />
        </section>
      )}
    </div>
  );
}

export function DefectList({ defects }: { readonly defects: FilingDetail['defects'] }) {
  const { named } = useTexts();
  return (
    <ul className={styles.defects}>
      {defects.map((defect) => (
        <li key={defect.code}>
          {named('returnReason', defect.code)}
          {defect.note !== null && <span className={styles.note}> {defect.note}</span>}
        </li>
      ))}
    </ul>
  );
}
