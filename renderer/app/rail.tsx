import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icon.tsx';
import { digitOfPress } from './keys/match-key.ts';
import { useCommands } from './keys/use-commands.ts';
import { useNavigation } from './navigation.tsx';
import { digitOfEntry, RAIL, railIdOf } from './rail-entries.ts';
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
      const digit = digitOfPress(event);
      const entry = entries.find((candidate) => digitOfEntry(entries, candidate) === Number(digit));
      if (entry) go(entry.route);
    },
  });
  return (
    <nav className={styles.rail} aria-label={t('nav.label')} data-pane>
      {entries.map((entry) => (
        <button
          key={entry.id}
          type="button"
          className={styles.entry}
          aria-current={entry.id === currentId ? 'page' : undefined}
          data-pane-start={entry.id === currentId ? '' : undefined}
          title={entry.withoutKey ? undefined : `Ctrl+${digitOfEntry(entries, entry)}`}
          onClick={() => go(entry.route)}
        >
          <Icon name={entry.icon} size={22} />
          <span>{t(entry.text)}</span>
        </button>
      ))}
    </nav>
  );
}
