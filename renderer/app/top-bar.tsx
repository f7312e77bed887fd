import { Menu, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Session } from '../../shared/contract/index.ts';
import { CourtName } from '../features/session/court-name.tsx';
import { SyncChip } from '../features/sync/sync-chip.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icon.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { TrainingMark } from '../ui/training-mark.tsx';
import { useCommands } from './keys/use-commands.ts';
import { useNavigation } from './navigation.tsx';
import { useOffice } from './office-context.tsx';
import { useSession } from './session-context.tsx';
import styles from './top-bar.module.css';

type Props = {
  readonly onRole: (role: Session['activeRole']) => void;
  readonly onSignOut: () => void;
  readonly onLock: () => void;
  readonly onKeys: () => void;
  readonly onHelp: () => void;
};

const TYPING_PAUSE_MS = 150;

function Search() {
  const { t } = useTexts();
  const { route, open, replace, back } = useNavigation();
  const field = useRef<HTMLInputElement>(null);
  const shown = route.screen === 'search' ? route.text : '';
  const [text, setText] = useState(shown);
  const [seen, setSeen] = useState(shown);
  /* Another way changed the search (the other layout, Esc): the field follows. */
  if (seen !== shown) {
    setSeen(shown);
    if (shown !== text.trim()) setText(shown);
  }
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === shown) return;
    const timer = setTimeout(() => {
      if (wanted === '') back();
      else if (route.screen === 'search') replace({ screen: 'search', text: wanted });
      else open({ screen: 'search', text: wanted });
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only typing starts a search; the route is read when the pause is over
  }, [text]);
  return (
    <TextInput
      ref={field}
      className={styles.search}
      type="search"
      aria-label={t('search.placeholder')}
      placeholder={t('search.short')}
      value={text}
      spellCheck={false}
      maxLength={200}
      rightSection={<KeyCap keys="Ctrl+K" />}
      rightSectionWidth="4.2rem"
      rightSectionPointerEvents="none"
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'ArrowDown') {
          event.preventDefault();
          document.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus();
        }
      }}
    />
  );
}

export function TopBar({ onRole, onSignOut, onLock, onKeys, onHelp }: Props) {
  const { t } = useTexts();
  const { office } = useOffice();
  const session = useSession();
  const canSearch = session.activeRole === 'secretary' || session.activeRole === 'office-head';
  const [menuOpened, setMenuOpened] = useState(false);
  useCommands('dialog', { 'app.back': () => setMenuOpened(false) }, { on: menuOpened });
  /* Where the focus goes when the menu opens. */
  const firstOther = session.roles.find((role) => role !== session.activeRole);
  return (
    <header className={styles.bar} data-pane>
      <p className={styles.name}>
        <b>{t('app.name')}</b>
        <span className={styles.court}>
          <CourtName />
        </span>
      </p>
      {canSearch && <Search />}
      <span className={styles.space} />
      {office.mode === 'training' && <TrainingMark />}
      <SyncChip />
      <Menu
        opened={menuOpened}
        onChange={setMenuOpened}
        closeOnEscape={false}
        position="bottom-end"
        width="20rem"
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <button type="button" className={styles.user}>
            <Icon name="user" size={18} />
            <span className={styles.userName}>{session.name}</span>
            <span>· {t(`role.${session.activeRole}`)}</span>
            <Icon name="down" size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {session.roles.length > 1 && (
            <>
              <Menu.Label>{t('session.role')}</Menu.Label>
              {session.roles.map((role) => (
                <Menu.Item
                  key={role}
                  disabled={role === session.activeRole}
                  data-autofocus={role === firstOther || undefined}
                  onClick={() => onRole(role)}
                >
                  {t(`role.${role}`)}
                  {role === session.activeRole && ` · ${t('session.activeRole')}`}
                </Menu.Item>
              ))}
              <Menu.Divider />
            </>
          )}
          <Menu.Item
            data-autofocus={firstOther === undefined || undefined}
            leftSection={<Icon name="lock" size={18} />}
            rightSection={<KeyCap keys="Ctrl+L" />}
            onClick={onLock}
          >
            {t('session.lock')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="help" size={18} />} rightSection={<KeyCap keys="F1" />} onClick={onHelp}>
            {t('help.title')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="keyboard" size={18} />} rightSection={<KeyCap keys="Ctrl+/" />} onClick={onKeys}>
            {t('keys.title')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={onSignOut}>{t('session.signOut')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}
