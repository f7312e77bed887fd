import type { DeliveryView } from '../../shared/contract/index.ts';
import type { Delivery } from '../../shared/registry/index.ts';
import type { Reading, Store } from '../store/index.ts';
import { keepDelivery } from './apply-proceedings-item.ts';

/** How people were told of these things, newest first, as last heard. */
export function deliveriesAbout(read: Reading, subjects: readonly string[]): DeliveryView[] {
  return read
    .all<{ content: string }>(
      'SELECT content FROM delivery WHERE subject IN (SELECT value FROM json_each(?)) ORDER BY at DESC, id',
      JSON.stringify(subjects),
    )
    .map(({ content }) => {
      const { id, notice, subject, name, channel, via, state, reason, at } = JSON.parse(content) as Delivery;
      return { id, notice, subject, name, channel, via, state, reason, at };
    });
}

/** Keeps what the registry answered about a filing; true when something of it is new. */
export const keepDeliveries = (store: Store, deliveries: readonly Delivery[]): boolean =>
  store.write((tx) => deliveries.map((delivery) => keepDelivery(tx, delivery)).some(Boolean));
