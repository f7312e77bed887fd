import { Button } from '@mantine/core';
import type { DeliveryView, Proceedings } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import type { StatusShape } from '../../ui/status-icon.tsx';
import styles from './proceedings.module.css';

const SHAPES: Readonly<Record<string, StatusShape>> = {
  ...{ waiting: 'busy', sent: 'info', delivered: 'ok', read: 'ok', failed: 'bad', unreachable: 'warn' },
};

/** The registry names the channel and its answer; a clerk needs to know whose turn it is. */
function reasonId(code: string): string {
  if (code === 'address-missing' || code === 'address-invalid') return code;
  return code.endsWith('-unreachable') || code === 'channel-closed' ? 'unreachable' : 'rejected';
}

type Props = { readonly deliveries: readonly DeliveryView[]; readonly filingId: string; readonly onChanged: (after: Proceedings) => void };

/** Who was told of what, by which way, and what became of it; acts have a section of their own. Nothing is called sent before a gateway has taken it. */
export function DeliveryList({ deliveries: all, filingId, onChanged }: Props) {
  const { t, named } = useTexts();
  const deliveries = all.filter(({ notice }) => notice !== 'act-dispatched');
  const format = useFormat();
  const asking = useAction();
  return (
    <section className={styles.section} aria-label={t('delivery.title')}>
      <div className={styles.sectionHead}>
        <h2>{t('delivery.title')}</h2>
        <Button
          variant="default"
          size="compact-md"
          loading={asking.busy}
          onClick={() => void asking.run(() => kense().delivery.refresh({ filingId }), onChanged)}
        >
          {t('delivery.refresh')}
        </Button>
      </div>
      {asking.failure && <FailureCard failure={asking.failure} compact onClose={asking.clear} />}
      {deliveries.length === 0 ? (
        <p className={styles.small}>{t('delivery.none')}</p>
      ) : (
        <ul>
          {deliveries.map((delivery) => (
            <li key={delivery.id} className={styles.delivery}>
              <p>
                <b>{delivery.name}</b>
              </p>
              <p className={styles.small}>
                {[named('notice', delivery.notice), named('channel', delivery.via ?? delivery.channel), format.dateTime(delivery.at)].join(
                  ' · ',
                )}
              </p>
              <p>
                <Chip shape={SHAPES[delivery.state] ?? 'none'}>{named('delivery', `state.${delivery.state}`)}</Chip>
                {delivery.reason !== null && delivery.state !== 'delivered' && (
                  <span className={styles.small}>
                    {' '}
                    {named('delivery', `reason.${reasonId(delivery.reason)}`, { code: delivery.reason })}
                  </span>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
