import { useId, type KeyboardEvent } from 'react';
import type { KeyChoice } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyRefusal } from '../../ui/key-refusal.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import styles from './key-picker.module.css';

/** From here on the end of a key is said in warning. */
const SOON_DAYS = 30;

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

function KeyFacts({ choice: key }: { readonly choice: KeyChoice }) {
  const { t } = useTexts();
  const format = useFormat();
  const { daysLeft, refusal } = key;
  return (
    <>
      <span>
        {key.kind === 'ncalayer' ? t('key.inNcaLayer') : t(key.kind === 'pkcs11' ? 'key.onToken' : 'key.inFile', { name: key.label })}
        {key.issuer !== null && ` · ${key.issuer}`}
        {key.validUntil !== null && ` · ${t('key.validUntil', { date: format.date(key.validUntil) })}`}
      </span>
      {daysLeft !== null && daysLeft >= 0 && (
        <span data-tone={daysLeft <= SOON_DAYS ? 'warn' : undefined} className={styles.note}>
          {daysLeft <= SOON_DAYS && <StatusIcon shape="warn" size={16} />}
          {t('key.daysLeft', { count: daysLeft })}
        </span>
      )}
      {key.tries !== 'first' && key.tries !== 'locked' && (
        <span data-tone="warn" className={styles.note}>
          <StatusIcon shape="warn" size={16} />
          {t(`key.tries.${key.tries}`)}
        </span>
      )}
      {key.onReader && <span className={styles.note}>{t('key.onReader')}</span>}
      {key.asksEachTime && key.kind !== 'ncalayer' && <span className={styles.note}>{t('sign.eachTime')}</span>}
      {refusal && (
        <span data-tone="bad" className={styles.note}>
          <StatusIcon shape="bad" size={16} />
          <KeyRefusal failure={refusal} />
        </span>
      )}
    </>
  );
}
