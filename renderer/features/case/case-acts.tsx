import type { CaseAct } from '../../../shared/contract/index.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useActName } from '../../app/use-act-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { DispatchState } from '../dispatch/dispatch-state.tsx';
import styles from './case-screen.module.css';

/** The acts of a case and how far each is for whom. */
export function CaseActs({ acts }: { readonly acts: readonly CaseAct[] }) {
  const { t, named } = useTexts();
  const format = useFormat();
  const actName = useActName();
  const { open } = useNavigation();
  if (acts.length === 0) return <p className={styles.none}>{t('case.noActs')}</p>;
  return (
    <ul className={styles.cards}>
      {acts.map((act) => (
        <li key={act.id} className={styles.card}>
          <div className={styles.cardHead}>
            {act.signedAt === null ? (
              <span>{actName(act)}</span>
            ) : (
              <button type="button" className={styles.open} onClick={() => open({ screen: 'dispatch', actId: act.id })}>
                {actName(act)}
              </button>
            )}
            <span className={styles.chips}>
              {act.signedAt === null ? (
                <Chip shape="unchecked">{t('act.state.draft')}</Chip>
              ) : act.issued ? (
                <Chip shape="ok">{t('act.state.confirmed')}</Chip>
              ) : (
                <Chip shape="busy">{t('act.state.signed')}</Chip>
              )}
              {act.signedAt !== null && act.recipients.length === 0 && <Chip shape="warn">{t('dispatch.notSent')}</Chip>}
            </span>
          </div>
          {act.signedAt !== null && (
            <p className={styles.detail}>
              {format.dateTime(act.signedAt)}
              {act.signedBy !== null && ` · ${act.signedBy}`}
            </p>
          )}
          {act.recipients.map((recipient) => (
            <div key={recipient.id} className={styles.cardHead}>
              <span>
                <bdi>{recipient.name}</bdi>
                {recipient.via !== null && <span className={styles.detail}> · {named('channel', recipient.via)}</span>}
              </span>
              <span className={styles.chips}>
                <DispatchState recipient={recipient} />
              </span>
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
