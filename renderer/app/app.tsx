import { MantineProvider } from '@mantine/core';
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import type { Office, Reference, Session, Settings } from '../../shared/contract/index.ts';
import { kense, listenForLostSession, settle } from '../api/kense.ts';
import { useEvent } from '../api/use-event.ts';
import { PrintProvider } from '../features/printing/print-context.tsx';
import { WorkProvider } from '../features/queue/work-context.tsx';
import { LockScreen } from '../features/session/lock-screen.tsx';
import { SignIn } from '../features/session/sign-in.tsx';
import { useIdleLock } from '../features/session/use-idle-lock.ts';
import { SyncProvider } from '../features/sync/sync-context.tsx';
import { showLanguage } from '../i18n/start-texts.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { windowTheme } from '../ui/theme/window-theme.ts';
import { applySettings } from './apply-settings.ts';
import { NavigationProvider } from './navigation.tsx';
import { OfficeContext } from './office-context.tsx';
import { HOME_OF_ROLE } from './route.ts';
import { SessionContext } from './session-context.tsx';
import { useColorScheme } from './use-color-scheme.ts';
import { useRoom } from './use-room.ts';
import { Workplace, lockNow } from './workplace.tsx';
import styles from './app.module.css';

export type Start = {
  readonly office: Office;
  readonly reference: Reference;
  readonly settings: Settings;
  readonly session: Session | null;
};

function useSettings(first: Settings) {
  const [settings, setSettings] = useState(first);
  useEvent('settingsChanged', setSettings);
  useLayoutEffect(() => applySettings(settings), [settings]);
  useEffect(() => void showLanguage(settings.language), [settings.language]);
  const changeSettings = useCallback((patch: Partial<Settings>) => {
    setSettings((old) => ({ ...old, ...patch }));
    void settle(kense().settings.set(patch)).then((result) => {
      if (result.ok) setSettings(result.value);
      else void settle(kense().settings.get({})).then((kept) => kept.ok && setSettings(kept.value));
    });
  }, []);
  return { settings, changeSettings };
}

/** Signed out, at work or locked; a locked window keeps its place but shows and reads out nothing of it. */
export function App({ start }: { readonly start: Start }) {
  const { t } = useTexts();
  const [session, setSession] = useState(start.session);
  const { settings, changeSettings } = useSettings(start.settings);
  const [office, setOffice] = useState(start.office);
  useEvent('sessionChanged', setSession);
  useEvent('officeChanged', setOffice);
  useEffect(() => {
    listenForLostSession(
      () =>
        void kense()
          .session.get({})
          .then((result) => result.ok && setSession(result.value)),
    );
    return () => listenForLostSession(null);
  }, []);
  useRoom(settings.textSizePercent);
  const scheme = useColorScheme(settings.theme);
  const locked = session !== null && (session.locked || session.over !== undefined);
  useIdleLock(office.idleLockMinutes, session !== null && !locked, lockNow);
  const { reference } = start;
  const officeState = useMemo(() => ({ office, reference, settings, changeSettings }), [office, reference, settings, changeSettings]);
  const appName = t('app.name');
  useEffect(() => {
    document.title = `${appName} · Kense`;
  }, [appName]);

  return (
    <MantineProvider theme={windowTheme} withCssVariables={false} withGlobalClasses={false} forceColorScheme={scheme}>
      <OfficeContext value={officeState}>
        {session === null ? (
          <SignIn onSession={setSession} />
        ) : (
          <>
            <div className={styles.behindLock} data-locked={locked || undefined} inert={locked}>
              <SessionContext value={session}>
                <SyncProvider>
                  <NavigationProvider key={`${session.userId}:${session.activeRole}`} home={HOME_OF_ROLE[session.activeRole]}>
                    <PrintProvider>
                      <WorkProvider>
                        <Workplace onSession={setSession} onLock={lockNow} />
                      </WorkProvider>
                    </PrintProvider>
                  </NavigationProvider>
                </SyncProvider>
              </SessionContext>
            </div>
            {locked && <LockScreen session={session} onSession={setSession} />}
          </>
        )}
      </OfficeContext>
    </MantineProvider>
  );
}
