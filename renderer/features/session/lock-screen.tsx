import { Button, MantineThemeProvider, Portal } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { Session } from '../../../shared/contract/index.ts';
import { fail } from '../../../shared/result.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useOffice } from '../../app/office-context.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { TrainingMark } from '../../ui/training-mark.tsx';
import { useFocusBack } from '../../ui/use-focus-back.ts';
import styles from './session.module.css';

const HelpDialog = lazy(async () => ({ default: (await import('../help/help-dialog.tsx')).HelpDialog }));

/** What opens here opens here, not in the window behind, which is hidden. */
const OVERLAYS = 'overlays-of-lock';
const THEME = { components: { Portal: Portal.extend({ defaultProps: { target: `#${OVERLAYS}` } }) } };

type Props = { readonly session: Session; readonly onSession: (session: Session | null) => void };

/** Hides everything; unlocking comes back to the same place with everything typed still there. Help about it is all that opens over it. */
export function LockScreen({ session, onSession }: Props) {
  const { t } = useTexts();
  const { office } = useOffice();
  const button = useRef<HTMLButtonElement>(null);
  const fromHere = useFocusBack();
  const unlocking = useAction();
  const leaving = useAction();
  useEffect(() => button.current?.focus(), [session.over]);
  const [helpShown, setHelpShown] = useState(false);
  const help = () => setHelpShown(true);
  useCommands('always', { 'app.help': help }, { blocks: true });
  const cancelled = unlocking.failure?.code === 'pin-cancelled';
  const failure = cancelled ? null : (unlocking.failure ?? leaving.failure);
  return (
    <main ref={fromHere} data-over-window className={styles.lock} aria-label={t('session.locked')}>
      <div className={styles.box}>
        {office.mode === 'training' && <TrainingMark />}
        <h1 className={styles.name}>
          <Icon name="lock" size={24} /> {t(session.over ? 'session.over' : 'session.locked')}
        </h1>
        <p className={styles.personName}>{session.name}</p>
        {session.over ? (
          <>
            <FailureCard failure={fail(session.over).error} compact />
            <p className={styles.hint}>{t('session.overKept')}</p>
          </>
        ) : (
          <>
            <p className={styles.hint} role={session.lockedBy ? 'alert' : undefined}>
              {t(session.lockedBy ? 'session.tokenPulled' : 'session.unlockHint')}
            </p>
            <p className={styles.hint}>{t('session.draftKept')}</p>
          </>
        )}
        {!session.over && (
          <Button
            ref={button}
            size="md"
            fullWidth
            loading={unlocking.busy}
            rightSection={<KeyCap keys="Enter" tone="onPrimary" />}
            onClick={() => void unlocking.run(() => kense().session.unlock({}), onSession)}
          >
            {t('session.unlock')}
          </Button>
        )}
        <p className={styles.hint} role="status">
          {unlocking.busy ? t('session.waitingForPin') : cancelled ? t('session.cancelled') : ''}
        </p>
        {failure && <FailureCard failure={failure} compact />}
        <Button
          ref={session.over ? button : null}
          variant="default"
          fullWidth
          loading={leaving.busy}
          onClick={() =>
            void leaving.run(
              () => kense().session.signOut({}),
              () => onSession(null),
            )
          }
        >
          {t('session.signOutOther')}
        </Button>
        <div className={styles.foot}>
          <Button variant="default" size="xs" rightSection={<KeyCap keys="F1" />} onClick={help}>
            {t('help.title')}
          </Button>
        </div>
      </div>
      <div id={OVERLAYS} />
      {helpShown && (
        <MantineThemeProvider theme={THEME}>
          <Suspense fallback={null}>
            <HelpDialog screen="session" level="always" onClose={() => setHelpShown(false)} />
          </Suspense>
        </MantineThemeProvider>
      )}
    </main>
  );
}
