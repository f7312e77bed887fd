import { useId, type KeyboardEvent } from 'react';
import type { KeyChoice } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyFacts } from './key-facts.tsx';
import styles from './key-picker.module.css';

type Props = {
  readonly keys: readonly KeyChoice[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  readonly onEnter: () => void;
};

/** The keys that are here: those of this judge to choose from, the others with the reason why not. */
export function KeyPicker({ keys, chosen, onChoose, onEnter }: Props) {
  const { t } = useTexts();
  const group = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.repeat) return;
    event.preventDefault();
    onEnter();
  };
  const nameOf = ({ owner, roles }: KeyChoice) => [owner ?? t('key.ownerUnknown'), ...roles.map((role) => t(`role.${role}`))].join(', ');
  return (
    <div role="radiogroup" aria-label={t('sign.certificate')} className={styles.keys}>
      {keys.map((key) => (
        <label key={key.id} className={styles.key} data-refused={key.refusal !== null || undefined}>
          <input
            type="radio"
            name={group}
            value={key.id}
            checked={key.id === chosen}
            disabled={key.refusal !== null}
            aria-label={nameOf(key)}
            aria-describedby={`${group}-${key.id}`}
            onChange={() => onChoose(key.id)}
            onKeyDown={onKeyDown}
          />
          <span className={styles.words}>
            <span className={styles.owner}>
              {key.owner ?? t('key.ownerUnknown')}
              {key.roles.length > 0 && <span className={styles.roles}> · {key.roles.map((role) => t(`role.${role}`)).join(', ')}</span>}
            </span>
            <span id={`${group}-${key.id}`} className={styles.facts}>
              <KeyFacts choice={key} />
            </span>
          </span>
        </label>
      ))}
    </div>
  );
}
