import { Button } from '@mantine/core';
import { useState } from 'react';
import { CHECK_STEPS, type CheckState, type CheckStep } from '../../../shared/domain/self-check.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { BackButton } from '../../app/back-button.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useTexts, type Texts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import { TokenModules } from './token-modules.tsx';
import { useSelfCheck, type StepState } from './use-self-check.ts';
import styles from './self-check-screen.module.css';

const SHAPE: Readonly<Record<CheckState | 'running', StatusShape>> = {
  ok: 'ok',
  'not-ok': 'bad',
  'not-applicable': 'none',
  running: 'busy',
};

/** Whether this workstation can do its work: each step with what it means, and what to do when it is not in order. */
export function SelfCheckScreen() {
  const { t } = useTexts();
  const { stateOf, run, runAll, busy } = useSelfCheck();
  const { activeRole } = useSession();
  const saving = useAction();
  const [saved, setSaved] = useState(false);
  const count = (state: CheckState) =>
    CHECK_STEPS.filter((step) => !stateOf(step).running && stateOf(step).finding?.state === state).length;
  return (
    <section className={styles.screen} aria-label={t('selfCheck.title')} data-pane>
      <header className={styles.header}>
        <h1>{t('selfCheck.title')}</h1>
        <Button variant="default" data-pane-start loading={busy} onClick={() => void runAll()}>
          {t('selfCheck.runAll')}
        </Button>
        <Button variant="default" loading={saving.busy} onClick={() => void saving.run(() => kense().doctor.save({}), setSaved)}>
          {t('selfCheck.save')}
        </Button>
        <BackButton />
      </header>
      <p className={styles.lead}>{t('selfCheck.lead')}</p>
      <p role="status" className={styles.summary}>
        {!busy && t('selfCheck.summary', { ok: count('ok'), bad: count('not-ok'), none: count('not-applicable') })}
        {saved && ` ${t('selfCheck.saved')}`}
      </p>
      {saving.failure && <FailureCard failure={saving.failure} compact onClose={saving.clear} />}
      <ul className={styles.steps}>
        {CHECK_STEPS.map((step) => (
          <Step key={step} step={step} state={stateOf(step)} onRun={() => void run(step)} />
        ))}
      </ul>
      {activeRole === 'admin' && <TokenModules onChanged={() => void run('driver')} />}
    </section>
  );
}

function Step({ step, state, onRun }: { readonly step: CheckStep; readonly state: StepState; readonly onRun: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const { running, finding, failure } = state;
  const now = running ? 'running' : (finding?.state ?? null);
  const name = t(`selfCheck.step.${step}`);
  const facts = finding ? sayFacts(finding.facts, texts) : '';
  const why = finding?.reason ? sayReason(finding.reason, texts) : null;
  const fix = finding ? sayFix(step, finding.state, finding.reason, texts) : null;
  return (
    <li className={styles.step} data-state={now ?? undefined}>
      <StatusIcon shape={now === null ? 'unchecked' : SHAPE[now]} />
      <div className={styles.words}>
        <h2 className={styles.name}>{name}</h2>
        <p className={styles.means}>{t(`selfCheck.means.${step}`)}</p>
        {!running && why !== null && <p>{why}</p>}
        {!running && fix !== null && (
          <p>
            <b>{t('selfCheck.todo')}:</b> {fix}
          </p>
        )}
        {failure && <FailureCard failure={failure} compact />}
      </div>
      <div className={styles.result}>
        {now !== null && <b>{t(`selfCheck.state.${now}`)}</b>}
        {!running && facts !== '' && <span className={styles.facts}>{facts}</span>}
      </div>
      <Button variant="default" size="compact-md" disabled={running} aria-label={t('selfCheck.runOneOf', { step: name })} onClick={onRun}>
        {t('selfCheck.runOne')}
      </Button>
    </li>
  );
}

/** Numbers that have a word of their own; the others are for the diagnostics file. */
const sayFacts = (facts: Readonly<Record<string, string | number>>, { named, has }: Texts): string =>
  Object.entries(facts)
    .filter(([fact]) => has(`selfCheck.fact.${fact}`))
    .map(([fact, value]) => `${named('selfCheck.fact', fact)}: ${value}`)
    .join(' · ');

function sayReason(reason: string, { named, has }: Texts): string | null {
  if (has(`selfCheck.why.${reason}`)) return named('selfCheck.why', reason);
  return has(`error.${reason}.title`) ? named('error', `${reason}.title`) : null;
}

function sayFix(step: CheckStep, state: CheckState, reason: string | null, { named, has }: Texts): string | null {
  if (state === 'ok') return null;
  if (reason !== null && has(`selfCheck.fix.${step}.${reason}`)) return named('selfCheck.fix', `${step}.${reason}`);
  return state === 'not-ok' && has(`selfCheck.fix.${step}`) ? named('selfCheck.fix', step) : null;
}
