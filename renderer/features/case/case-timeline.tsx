import type { CaseEvent } from '../../../shared/contract/index.ts';
import { useActName } from '../../app/use-act-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import styles from './case-screen.module.css';

type Props = { readonly events: readonly CaseEvent[]; readonly asOf: string };

/** Newest first; what is still to come stands above. Sending, receiving and registering are three moments. */
export function CaseTimeline({ events, asOf }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const actName = useActName();
  if (events.length === 0) return <p className={styles.none}>{t('case.nothing')}</p>;
  return (
    <ol className={styles.events}>
      {events.map(({ at, what, filing, act, decision, text }, place) => (
        <li key={place} className={styles.event} data-ahead={Date.parse(at) > Date.parse(asOf) || undefined}>
          <time dateTime={at}>{format.dateTime(at)}</time>
          <p>
            {what === 'recalled' && decision !== null ? t(`recall.done.${decision}`) : t(`case.event.${what}`)}
            {act !== null && <span className={styles.about}> {actName(act)}</span>}
            {filing !== null && <span className={styles.about}> № {filing}</span>}
          </p>
          {text !== null && <p className={styles.detail}>{text}</p>}
        </li>
      ))}
    </ol>
  );
}
