import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icon.tsx';
import { digitOfPress } from './keys/match-key.ts';
import { useCommands } from './keys/use-commands.ts';
import { useNavigation } from './navigation.tsx';
import { RAIL, railIdOf } from './rail-entries.ts';
import { useSession } from './session-context.tsx';
import styles from './rail.module.css';

export function Rail() {
  const { t } = useTexts();
  const { activeRole } = useSession();
  const { route, root, go } = useNavigation();
  const entries = RAIL[activeRole];
  const currentId = railIdOf(route) ?? railIdOf(root);
  useCommands('window', {
    'app.rail': (event) => {
      const entry = entries[(digitOfPress(event) ?? 0) - 1];
      if (entry) go(entry.route);
    },
  });
  return (
    <nav className={styles.rail} aria-label={t('nav.label')} data-pane>
      {entries.map((entry, at) => (
        <button
          key={entry.id}
          type="button"
          className={styles.entry}
          aria-current={entry.id === currentId ? 'page' : undefined}
          data-pane-start={entry.id === currentId ? '' : undefined}
          title={`Ctrl+${at + 1}`}
          onClick={() => go(entry.route)}
        >
          <Icon name={entry.icon} size={22} />
          <span>{t(entry.text)}</span>
        </button>
      ))}
    </nav>
  );
}
