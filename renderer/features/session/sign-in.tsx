import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Session, SignInOption } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useOffice } from '../../app/office-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { KeyRefusal } from '../../ui/key-refusal.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { TrainingMark } from '../../ui/training-mark.tsx';
import { LanguageChoice } from '../settings/language-choice.tsx';
import { CertificateWords } from './certificate-words.tsx';
import { CourtName } from './court-name.tsx';
import styles from './session.module.css';

const HelpDialog = lazy(async () => ({ default: (await import('../help/help-dialog.tsx')).HelpDialog }));

/** Who works now. The PIN is asked by the shell in a window of its own and never passes here. */
export function SignIn({ onSession }: { readonly onSession: (session: Session) => void }) {
  const { t } = useTexts();
  const { office } = useOffice();
  const { dateTime } = useFormat();
  const answer = useAnswer('session.options', () => kense().session.options({}));
  const [chosen, setChosen] = useState<string | null>(null);
  const signing = useAction();
  const [helpShown, setHelpShown] = useState(false);
  useCommands('window', { 'app.help': () => setHelpShown(true) });
  const list = useRef<HTMLDivElement>(null);
  const { reload } = answer;
  useEvent('keysChanged', () => void reload());
  const options = answer.value ?? [];
  const fit = options.filter((option) => option.refusal === null);
  const unfit = options.filter((option) => option.refusal !== null);
  const optionId = (fit.find(({ id }) => id === chosen) ?? fit[0])?.id ?? null;
  // a token that is put in is chosen by itself as long as nothing else was
  useEffect(() => {
    const at = document.activeElement;
    if (at === null || at === document.body || list.current?.contains(at))
      list.current?.querySelector<HTMLElement>('input:checked')?.focus();
  }, [optionId]);
  const saidOf = ({ name, roles, token }: SignInOption): string =>
    [name, ...roles.map((role) => t(`role.${role}`)), ...(token === null ? [] : [t('key.onToken', { name: token })])].join(', ');

  const signIn = () => {
    if (optionId !== null) void signing.run(() => kense().session.signIn({ optionId }), onSession);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.repeat) {
      event.preventDefault();
      signIn();
    }
  };
  const cancelled = signing.failure?.code === 'pin-cancelled';
  return (
    <main className={styles.screen}>
      <div className={styles.box}>
        {office.mode === 'training' && <TrainingMark />}
        <h1 className={styles.name}>{t('app.name')}</h1>
        <p className={styles.court}>
          <CourtName />
        </p>
        {answer.failure ? (
          <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} />
        ) : answer.value === null ? (
          <Loading />
        ) : options.length === 0 ? (
          <p className={styles.hint}>{t('session.noOptions')}</p>
        ) : (
          <>
            {fit.length > 0 && (
              <div ref={list} role="radiogroup" aria-label={t('session.choose')} className={styles.people}>
                {fit.map((shown) => (
                  <label key={shown.id} className={styles.person}>
                    <input
                      type="radio"
                      name="person"
                      value={shown.id}
                      checked={shown.id === optionId}
                      aria-label={saidOf(shown)}
                      aria-describedby={`last-${shown.id} ends-${shown.id}`}
                      onChange={() => setChosen(shown.id)}
                      onKeyDown={onKeyDown}
                    />
                    <span>
                      <span className={styles.personName}>{shown.name}</span>
                      <span className={styles.roles}>{shown.roles.map((role) => t(`role.${role}`)).join(', ')}</span>
                      {shown.token !== null && <span className={styles.roles}>{t('key.onToken', { name: shown.token })}</span>}
                      {shown.lastSignInAt !== null && (
                        <span id={`last-${shown.id}`} className={styles.roles}>
                          {t('session.lastSignIn', { when: dateTime(shown.lastSignInAt) })}
                        </span>
                      )}
                      <CertificateWords id={`ends-${shown.id}`} end={shown.certificate} />
                    </span>
                  </label>
                ))}
              </div>
            )}
            <UnfitKeys keys={unfit} open={fit.length === 0} />
            <p className={styles.hint}>{t('session.pinElsewhere')}</p>
            <Button
              size="md"
              fullWidth
              loading={signing.busy}
              disabled={optionId === null}
              onClick={signIn}
              rightSection={<KeyCap keys="Enter" tone="onPrimary" />}
            >
              {t('session.signIn')}
            </Button>
            <p className={styles.hint} role="status">
              {signing.busy ? t('session.waitingForPin') : cancelled ? t('session.cancelled') : ''}
            </p>
            {signing.failure && !cancelled && <FailureCard failure={signing.failure} compact />}
          </>
        )}
        <div className={styles.foot}>
          <LanguageChoice />
          <Button variant="default" size="xs" rightSection={<KeyCap keys="F1" />} onClick={() => setHelpShown(true)}>
            {t('help.title')}
          </Button>
          <span className={styles.version}>
            {t('app.version')} {office.version}
          </span>
        </div>
      </div>
      <div id="overlays" />
      {helpShown && (
        <Suspense fallback={null}>
          <HelpDialog screen="session" onClose={() => setHelpShown(false)} />
        </Suspense>
      )}
    </main>
  );
}

/** Keys that sign nobody in, each with its reason and what to do; open where there is nothing else to choose. */
function UnfitKeys({ keys, open }: { readonly keys: readonly SignInOption[]; readonly open: boolean }) {
  const { t } = useTexts();
  if (keys.length === 0) return null;
  const title = t('session.unfit', { number: String(keys.length) });
  return (
    <details open={open} className={styles.unfit}>
      <summary>{title}</summary>
      <ScrollRegion label={title} className={styles.unfitKeys}>
        <ul>
          {keys.map(({ id, name, token, refusal }) => (
            <li key={id}>
              <span className={styles.personName}>{name}</span>
              {token !== null && <span className={styles.roles}>{t('key.onToken', { name: token })}</span>}
              {refusal !== null && (
                <span className={styles.refusal}>
                  <StatusIcon shape="bad" size={16} />
                  <span>
                    <KeyRefusal failure={refusal} />
                  </span>
                </span>
              )}
            </li>
          ))}
        </ul>
      </ScrollRegion>
    </details>
  );
}
