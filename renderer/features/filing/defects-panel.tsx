import { Button, NativeSelect, Radio } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import type { Defect, FilingDetail, Proposal, ProposalOffer } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';
import { digitOfPress } from '../../app/keys/match-key.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useOffice } from '../../app/office-context.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { DefectItem } from './defect-item.tsx';
import { NoticePreview } from './notice-preview.tsx';
import { chosenOf, fillWords, placeMark, toggleGround, toggleMark, type ProposalDraft } from './proposal-draft.ts';
import styles from './defects-panel.module.css';

type Props = {
  readonly filing: FilingDetail;
  readonly draft: ProposalDraft;
  readonly onDraft: (draft: ProposalDraft | ((old: ProposalDraft) => ProposalDraft)) => void;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onSave: (defects: readonly Defect[], proposal: Proposal | null) => void;
  readonly onCancel: () => void;
};

/** Marks what is wrong, with reasons the applicant can act on, and proposes a ruling. The judge decides. */
export function DefectsPanel({ filing, draft, onDraft, busy, failure, onSave, onCancel }: Props) {
  const { t, named, language } = useTexts();
  const { reference } = useOffice();
  const titleId = useId();
  const first = useRef<HTMLInputElement>(null);
  const [offer, setOffer] = useState<ProposalOffer | null>(null);
  const latest = useRef({ filing, onDraft });
  useEffect(() => {
    latest.current = { filing, onDraft };
  });
  useEffect(() => first.current?.focus(), []);
  useEffect(() => {
    let wanted = true;
    void settle(kense().filing.proposals({ id: filing.id })).then((answer) => {
      if (!wanted || !answer.ok) return;
      setOffer(answer.value);
      latest.current.onDraft((old) => fillWords(old, answer.value, latest.current.filing));
    });
    return () => {
      wanted = false;
    };
  }, [filing.id]);

  const known = reference.defectCodes;
  const codes = [...known.map((d) => d.code), ...filing.defects.map((d) => d.code).filter((code) => !known.some((d) => d.code === code))];
  const decision = offer?.decisions.find((each) => each.decision === draft.decision) ?? null;
  const byLaw = draft.decision !== 'return';
  const grounds = byLaw ? (decision?.grounds ?? []) : [];
  const chosen = chosenOf(draft, codes, offer);
  const takesBack = !byLaw && chosen.defects.length === 0 && filing.flagged;
  const mayTake = chosen.complete || takesBack;
  const toggleAt = (at: number) => {
    const code = byLaw ? grounds[at]?.code : codes[at];
    if (code !== undefined) onDraft(byLaw ? toggleGround(draft, code) : toggleMark(draft, code, offer, filing));
  };
  const save = () => {
    if (mayTake) onSave(chosen.defects, takesBack ? null : chosen.proposal);
  };

  useCommands('panel', {
    'app.back': onCancel,
    'filing.register': save,
    'filing.defects': () => {},
    'filing.check': (event) => toggleAt((digitOfPress(event) ?? 0) - 1),
  });
  return (
    <section className={styles.panel} aria-labelledby={titleId} data-pane>
      <div className={styles.scroll} data-single-keys>
        <h2 id={titleId}>{t('defects.title')}</h2>
        <p className={styles.hint}>{t('defects.hint')}</p>
        {offer && offer.decisions.length > 1 && (
          <Radio.Group
            aria-label={t('defects.proposed')}
            value={draft.decision}
            onChange={(value) => {
              const next = offer.decisions.find((each) => each.decision === value);
              if (next) onDraft({ ...draft, decision: next.decision });
            }}
          >
            <div className={styles.decisions}>
              {offer.decisions.map((each) => (
                <Radio key={each.decision} value={each.decision} label={t(`decision.${each.decision}`)} />
              ))}
            </div>
          </Radio.Group>
        )}
        {decision?.court && (
          <NativeSelect
            label={t('decision.court')}
            value={draft.court}
            onChange={(event) => onDraft({ ...draft, court: event.currentTarget.value })}
          >
            <option value="">{t('decision.courtNone')}</option>
            {offer?.courts.map(({ code, nameKk, nameRu }) => (
              <option key={code} value={code}>
                {language === 'kk' ? nameKk : nameRu}
              </option>
            ))}
          </NativeSelect>
        )}
        <ul>
          {byLaw
            ? grounds.map(({ code, article, nameKk, nameRu }, at) => (
                <DefectItem
                  key={code}
                  {...{ filing, article, kinds: [], fields: [], noticed: false }}
                  name={language === 'kk' ? nameKk : nameRu}
                  digit={at < 9 ? at + 1 : null}
                  mark={draft.grounds.has(code) ? { note: draft.grounds.get(code) ?? '', own: true, places: [] } : undefined}
                  onToggle={() => toggleAt(at)}
                  onNote={(note) => onDraft({ ...draft, grounds: new Map(draft.grounds).set(code, note) })}
                  onPlaces={() => {}}
                />
              ))
            : codes.map((code, at) => (
                <DefectItem
                  key={code}
                  ref={at === 0 ? first : undefined}
                  filing={filing}
                  name={named('returnReason', code)}
                  article={known.find((d) => d.code === code)?.article}
                  digit={at < 9 ? at + 1 : null}
                  mark={draft.marks.get(code)}
                  noticed={offer?.found.some((defect) => defect.code === code) ?? false}
                  kinds={offer?.places[code] ?? []}
                  fields={offer?.fields ?? []}
                  onToggle={() => toggleAt(at)}
                  onNote={(note) => {
                    const mark = draft.marks.get(code);
                    if (mark) onDraft({ ...draft, marks: new Map(draft.marks).set(code, { ...mark, note, own: true }) });
                  }}
                  onPlaces={(places) => onDraft(placeMark(draft, code, places, offer, filing))}
                />
              ))}
        </ul>
        <NoticePreview filingId={filing.id} defects={chosen.defects} proposal={chosen.complete ? chosen.proposal : null} />
        {failure && <FailureCard failure={failure} compact />}
      </div>
      <div className={styles.actions}>
        <Button loading={busy} disabled={!mayTake} onClick={save} rightSection={<KeyCap keys="Ctrl+Enter" tone="onPrimary" />}>
          {takesBack ? t('defects.clear') : t('defects.save')}
        </Button>
        <Button variant="default" onClick={onCancel} rightSection={<KeyCap keys="Esc" />}>
          {t('action.cancel')}
        </Button>
        {!mayTake && <p className={styles.hint}>{t(byLaw ? 'defects.chooseLaw' : 'defects.choose')}</p>}
      </div>
    </section>
  );
}
