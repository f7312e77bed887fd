import { useTexts } from '../i18n/use-texts.ts';
import { Dialog } from '../ui/dialog.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { COMMAND_IDS, commandOf, type KeyGroup } from './keys/key-map.ts';
import { useCommands } from './keys/use-commands.ts';
import styles from './keys-dialog.module.css';

const GROUPS: readonly KeyGroup[] = ['global', 'list', 'filing', 'document', 'act', 'paper'];

/** Lines with the same words are one line with several keys. */
function linesOf(group: KeyGroup): readonly { readonly text: ReturnType<typeof commandOf>['text']; readonly caps: readonly string[] }[] {
  const lines = new Map<ReturnType<typeof commandOf>['text'], string[]>();
  for (const command of COMMAND_IDS.map(commandOf).filter((c) => c.group === group)) {
    lines.set(command.text, [...(lines.get(command.text) ?? []), ...command.caps]);
  }
  return [...lines].map(([text, caps]) => ({ text, caps }));
}

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  useCommands('dialog', { 'app.back': onClose, 'app.keys': onClose }, { blocks: true });
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <p className={styles.note}>{t('keys.layoutNote')}</p>
      <div className={styles.groups}>
        {GROUPS.map((group) => (
          <section key={group} className={styles.group}>
            <h2>{t(`keys.group.${group}`)}</h2>
            <dl>
              {linesOf(group).map(({ text, caps }) => (
                <div key={text} className={styles.line}>
                  <dt>{t(text)}</dt>
                  <dd>
                    {caps.map((cap) => (
                      <span key={cap}>
                        <KeyCap keys={cap} />
                        <span className="visually-hidden">{cap}</span>
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
