import { NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import type { ChosenGround, FilingDecision, OfferedDecision, TransferTo } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { sayArticle } from '../filing/say-article.ts';
import { Tick } from '../proceedings/tick.tsx';
import styles from '../proceedings/proceedings.module.css';

type Kind = OfferedDecision['decision'];
const OTHER_COURT = 'other';

export type DecisionDraft = {
  readonly decision: Kind;
  /** Code → words of the person who decides or proposes. */
  readonly grounds: Readonly<Record<string, string>>;
  /** Four digits, `other`, or empty while none is chosen. */
  readonly court: string;
  readonly courtName: string;
};
export const isDecisionDraft = (kept: unknown): kept is DecisionDraft =>
  typeof kept === 'object' && kept !== null && 'decision' in kept && 'grounds' in kept && 'court' in kept && 'courtName' in kept;

/** Begins with what is drafted. */
export function newDecision({ current, offered }: FilingDecision): DecisionDraft {
  const transferTo = current?.transferTo ?? null;
  return {
    decision: current?.decision ?? offered[0]?.decision ?? 'accept',
    grounds: Object.fromEntries((current?.grounds ?? []).map(({ code, note }) => [code, note ?? ''])),
    court: transferTo === null ? '' : (transferTo.code ?? OTHER_COURT),
    courtName: transferTo?.code === null ? transferTo.name : '',
  };
}

const ruleOf = ({ offered }: FilingDecision, { decision }: DecisionDraft): OfferedDecision =>
  offered.find((rule) => rule.decision === decision) ?? offered[0]!;
const isCourtMissing = ({ court, courtName }: DecisionDraft) => court === '' || (court === OTHER_COURT && courtName.trim() === '');

/** What is sent; null while something that the ruling needs is missing. */
export function chosenOf(
  filing: FilingDecision,
  draft: DecisionDraft,
): { decision: Kind; grounds: ChosenGround[]; transferTo: TransferTo | null } | null {
  const rule = ruleOf(filing, draft);
  const chosen = rule.grounds.filter(({ code }) => Object.hasOwn(draft.grounds, code));
  if ((rule.grounds.length > 0 && chosen.length === 0) || (rule.court && isCourtMissing(draft))) return null;
  const other = draft.court === OTHER_COURT;
  return {
    decision: rule.decision,
    grounds: chosen.map(({ code }) => ({ code, note: draft.grounds[code]?.trim() || null })),
    transferTo: rule.court ? { code: other ? null : draft.court, name: other ? draft.courtName.trim() : '' } : null,
  };
}

type Props = {
  readonly filing: FilingDecision;
  readonly draft: DecisionDraft;
  readonly onDraft: (draft: DecisionDraft) => void;
  /** It was sent once: what is missing is said. */
  readonly tried: boolean;
  readonly labelledBy: string;
};

/** Which decision, on which grounds and in which words, and for a transfer the court. */
export function DecisionFields({ filing, draft, onDraft, tried, labelledBy }: Props) {
  const { t, language } = useTexts();
  const inKazakh = language === 'kk';
  const rule = ruleOf(filing, draft);
  const groundMissing = !rule.grounds.some(({ code }) => Object.hasOwn(draft.grounds, code));
  const toggle = (code: string, on: boolean) => {
    const { [code]: words, ...others } = draft.grounds;
    onDraft({ ...draft, grounds: on ? { ...draft.grounds, [code]: words ?? '' } : others });
  };
  return (
    <>
      <Radio.Group
        aria-labelledby={labelledBy}
        value={rule.decision}
        onChange={(value) => {
          const next = filing.offered.find(({ decision }) => decision === value);
          if (next) onDraft({ ...draft, decision: next.decision });
        }}
      >
        <div className={styles.choices}>
          {filing.offered.map(({ decision }) => (
            <Radio key={decision} value={decision} label={t(`decision.${decision}`)} />
          ))}
        </div>
      </Radio.Group>
      {rule.grounds.length > 0 && (
        <fieldset className={styles.people}>
          <legend>{t('decision.grounds')}</legend>
          {tried && groundMissing && (
            <p className={styles.error} role="alert">
              {t('decision.groundMissing')}
            </p>
          )}
          {rule.grounds.map(({ code, article, nameKk, nameRu }) => {
            const name = inKazakh ? nameKk : nameRu;
            const on = Object.hasOwn(draft.grounds, code);
            return (
              <div key={code} lang={inKazakh ? 'kk' : 'ru'}>
                <Tick label={name} hint={sayArticle(article, language)} checked={on} onChange={(checked) => toggle(code, checked)} />
                {on && (
                  <Textarea
                    aria-label={t('decision.wordsOf', { ground: name })}
                    placeholder={t('decision.words')}
                    lang={filing.language}
                    rows={2}
                    maxLength={4000}
                    value={draft.grounds[code] ?? ''}
                    onChange={(event) => onDraft({ ...draft, grounds: { ...draft.grounds, [code]: event.currentTarget.value } })}
                  />
                )}
              </div>
            );
          })}
        </fieldset>
      )}
      {rule.court && (
        <NativeSelect
          label={t('decision.court')}
          required
          error={tried && draft.court === '' ? t('decision.courtMissing') : null}
          value={draft.court}
          data={[
            { value: '', label: t('decision.courtNone') },
            ...filing.courts.map(({ code, nameKk, nameRu }) => ({ value: code, label: inKazakh ? nameKk : nameRu })),
            { value: OTHER_COURT, label: t('decision.courtOther') },
          ]}
          onChange={(event) => onDraft({ ...draft, court: event.currentTarget.value })}
        />
      )}
      {rule.court && draft.court === OTHER_COURT && (
        <TextInput
          label={t('decision.courtName')}
          description={t('decision.courtNameHint', { language: t(`language.${filing.language}`) })}
          required
          lang={filing.language}
          maxLength={300}
          error={tried && draft.courtName.trim() === '' ? t('decision.courtMissing') : null}
          value={draft.courtName}
          onChange={(event) => onDraft({ ...draft, courtName: event.currentTarget.value })}
        />
      )}
    </>
  );
}
