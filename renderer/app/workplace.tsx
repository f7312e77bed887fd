import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { Session } from '../../shared/contract/index.ts';
import { kense, settle } from '../api/kense.ts';
import { useAction } from '../api/use-action.ts';
import { ActScreen } from '../features/acts/act-screen.tsx';
import { ActsScreen } from '../features/acts/acts-screen.tsx';
import { BatchScreen } from '../features/acts/batch-screen.tsx';
import { BatchesScreen } from '../features/acts/batches-screen.tsx';
import { AdministrationScreen } from '../features/administration/administration-screen.tsx';
import { BoardScreen } from '../features/board/board-screen.tsx';
import { DispatchActScreen } from '../features/dispatch/dispatch-act-screen.tsx';
import { DispatchScreen } from '../features/dispatch/dispatch-screen.tsx';
import { JournalScreen } from '../features/journal/journal-screen.tsx';
import { ReportsNote } from '../features/reports/reports-note.tsx';
import { ReportScreen } from '../features/reports/report-screen.tsx';
import { CounterScreen } from '../features/paper/counter-screen.tsx';
import { ScanScreen } from '../features/paper/scan-screen.tsx';
import { HearingDayScreen } from '../features/proceedings/hearing-day-screen.tsx';
import { FilingScreen } from '../features/filing/filing-screen.tsx';
import { QueueScreen } from '../features/queue/queue-screen.tsx';
import { RegisteredScreen } from '../features/queue/registered-screen.tsx';
import { WorkNote } from '../features/queue/work-note.tsx';
import { SearchScreen } from '../features/queue/search-screen.tsx';
import { CaseScreen } from '../features/case/case-screen.tsx';
import { CardScreen } from '../features/search/card-screen.tsx';
import { paletteCommands, type PaletteCommand } from '../features/search/palette-commands.ts';
import { SearchPalette } from '../features/search/search-palette.tsx';
import { PrintNote } from '../features/printing/print-note.tsx';
import { RegisteredContext, type Registered } from '../features/registration/registered-context.tsx';
import { RegisteredNotice } from '../features/registration/registered-notice.tsx';
import { TalonDialog } from '../features/registration/talon-dialog.tsx';
import { RoomNote } from '../features/self-check/room-note.tsx';
import { SelfCheckScreen } from '../features/self-check/self-check-screen.tsx';
import { CertificateNote } from '../features/session/certificate-note.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { stepTextSize } from '../features/settings/text-sizes.ts';
import { WorkloadScreen } from '../features/workload/workload-screen.tsx';
import { useSync } from '../features/sync/sync-context.tsx';
import { SyncScreen } from '../features/sync/sync-screen.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureCard } from '../ui/failure-card.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { movePane } from './keys/panes.ts';
import { useCommands } from './keys/use-commands.ts';
import { useNavigation } from './navigation.tsx';
import { NotKeptNote } from './not-kept-note.tsx';
import { useOffice } from './office-context.tsx';
import { Rail } from './rail.tsx';
import { useSession } from './session-context.tsx';
import { TopBar } from './top-bar.tsx';
import styles from './workplace.module.css';

/** The guide comes when somebody asks for it. */
const HelpDialog = lazy(async () => ({ default: (await import('../features/help/help-dialog.tsx')).HelpDialog }));

function Screen() {
  const { route, replace } = useNavigation();
  switch (route.screen) {
    case 'queue':
      return <QueueScreen view={route.view} filter={route.filter} />;
    case 'registered':
      return <RegisteredScreen view={route.view ?? 'registered'} filter={route.filter} />;
    case 'search':
      return <SearchScreen text={route.text} onSearch={(text) => replace({ screen: 'search', text })} />;
    case 'card':
      return <CardScreen />;
    case 'case':
      return <CaseScreen key={route.number} number={route.number} />;
    case 'filing':
      return <FilingScreen id={route.id} neighbours={route.neighbours} inList={route.inList} />;
    case 'acts':
      return <ActsScreen key={route.view} view={route.view} />;
    case 'act':
      return <ActScreen key={route.id} id={route.id} />;
    case 'batches':
      return <BatchesScreen />;
    case 'batch':
      return <BatchScreen key={route.id} id={route.id} />;
    case 'dispatches':
      return <DispatchScreen key={route.view} view={route.view} />;
    case 'dispatch':
      return <DispatchActScreen key={route.actId} actId={route.actId} />;
    case 'counter':
      return <CounterScreen id={route.id} />;
    case 'scan':
      return <ScanScreen id={route.id} />;
    case 'hearings':
      return <HearingDayScreen />;
    case 'board':
      return <BoardScreen />;
    case 'workload':
      return <WorkloadScreen />;
    case 'reports':
      return <ReportScreen asked={route.asked ?? null} onAsk={(asked) => replace({ screen: 'reports', asked })} />;
    case 'journal':
      return <JournalScreen />;
    case 'administration':
      return <AdministrationScreen />;
    case 'sync':
      return <SyncScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'self-check':
      return <SelfCheckScreen />;
  }
}

type Props = { readonly onSession: (session: Session | null) => void; readonly onLock: () => void };

/** The window of a person who is signed in. */
export function Workplace({ onSession, onLock }: Props) {
  const { t } = useTexts();
  const { route, back, open } = useNavigation();
  const { activeRole } = useSession();
  const canTell = activeRole === 'secretary' || activeRole === 'office-head';
  const { settings, changeSettings } = useOffice();
  const { syncNow } = useSync();
  const session = useAction();
  const [keysShown, setKeysShown] = useState(false);
  const [helpShown, setHelpShown] = useState(false);
  const [palette, setPalette] = useState<readonly PaletteCommand[] | null>(null);
  const [last, setLast] = useState<Registered | null>(null);
  const [talonOf, setTalonOf] = useState<string | null>(null);
  const dismiss = useCallback(() => setLast(null), []);
  const registered = useMemo(() => ({ last, announce: setLast, dismiss, openTalon: setTalonOf }), [last, dismiss]);

  useCommands('window', {
    'app.help': () => setHelpShown(true),
    'app.keys': () => setKeysShown(true),
    ...(activeRole !== 'admin' && { 'app.search': () => setPalette(paletteCommands(t)) }),
    ...(canTell && { 'app.card': () => open({ screen: 'card' }) }),
    'app.lock': onLock,
    'app.sync': syncNow,
    'app.back': () => back(),
    'app.next-pane': () => movePane(1),
    'app.previous-pane': () => movePane(-1),
    'app.larger': () => changeSettings({ textSizePercent: stepTextSize(settings.textSizePercent, 1) }),
    'app.smaller': () => changeSettings({ textSizePercent: stepTextSize(settings.textSizePercent, -1) }),
    'app.normal-size': () => changeSettings({ textSizePercent: 100 }),
    'filing.talon': () => (last ? setTalonOf(last.filingId) : false),
  });
  useCommands('always', { 'app.lock': onLock });

  return (
    <RegisteredContext value={registered}>
      <div className={styles.workplace}>
        <a className={styles.skip} href="#content">
          {t('app.skipToContent')}
        </a>
        <TopBar
          onRole={(role) => void session.run(() => kense().session.useRole({ role }), onSession)}
          onSignOut={() => void session.run(() => kense().session.signOut({}), onSession)}
          onLock={onLock}
          onKeys={() => setKeysShown(true)}
          onHelp={() => setHelpShown(true)}
        />
        <Rail />
        <main id="content" className={styles.content} tabIndex={-1}>
          {session.failure && <FailureCard failure={session.failure} compact onClose={session.clear} />}
          <RoomNote />
          <CertificateNote />
          {activeRole === 'office-head' && <ReportsNote />}
          <RegisteredNotice />
          <PrintNote />
          <NotKeptNote />
          <div className={styles.screen}>
            <Screen />
          </div>
          <WorkNote />
          <div id="overlays" />
        </main>
        {palette !== null && <SearchPalette commands={palette} onClose={() => setPalette(null)} />}
        {helpShown && (
          <Suspense fallback={null}>
            <HelpDialog
              screen={route.screen}
              onClose={() => setHelpShown(false)}
              onKeys={() => {
                setHelpShown(false);
                setKeysShown(true);
              }}
            />
          </Suspense>
        )}
        {keysShown && <KeysDialog onClose={() => setKeysShown(false)} />}
        {talonOf !== null && <TalonDialog filingId={talonOf} onClose={() => setTalonOf(null)} />}
      </div>
    </RegisteredContext>
  );
}

export const lockNow = (): void => void settle(kense().session.lock({}));
