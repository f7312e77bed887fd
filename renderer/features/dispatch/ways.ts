import type { DispatchStepView } from '../../../shared/contract/index.ts';

export type Channel = DispatchStepView['channel'];
/** One way as it is being filled in. */
export type Way = { readonly channel: Channel; readonly address: string; readonly waitHours: number | null; readonly chosen: boolean };

const CHANNELS: readonly Channel[] = ['cabinet', 'push', 'sms', 'email', 'post'];
/** For ways that the office data does not name. */
const USUAL_WAIT_HOURS = 24;

export const needsAddress = (channel: Channel): channel is 'sms' | 'email' | 'post' =>
  channel === 'sms' || channel === 'email' || channel === 'post';

/** Every way that could lead to a person, those of his ladder first and chosen. A letter without an address waits for one. */
export function waysOf(steps: readonly { channel: string; address: string | null; waitHours: number | null }[], reads: boolean): Way[] {
  const named = steps.flatMap((step) => {
    const channel = CHANNELS.find((known) => known === step.channel);
    if (channel === undefined) return [];
    return [{ channel, address: step.address ?? '', waitHours: step.waitHours, chosen: !needsAddress(channel) || step.address !== null }];
  });
  const others = CHANNELS.filter((channel) => (needsAddress(channel) || reads) && !named.some((way) => way.channel === channel)).map(
    (channel) => ({ channel, address: '', waitHours: channel === 'post' ? null : USUAL_WAIT_HOURS, chosen: false }),
  );
  return [...named, ...others].sort((a, b) => CHANNELS.indexOf(a.channel) - CHANNELS.indexOf(b.channel));
}

const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]+$/u;
const SHORTEST_ADDRESS = 10;

/** Whether the address of a chosen way can be used; the core asks the same. */
export function isFilled({ channel, address, chosen }: Way): boolean {
  if (!chosen || !needsAddress(channel)) return true;
  const text = address.trim();
  if (channel === 'sms') return /^\+?\d{5,15}$/.test(text.replace(/[\s()-]/g, ''));
  if (channel === 'email') return text.length <= 254 && EMAIL.test(text);
  return text.length >= SHORTEST_ADDRESS && /\p{L}/u.test(text);
}

export const stepsOf = (ways: readonly Way[]): DispatchStepView[] =>
  ways
    .filter(({ chosen }) => chosen)
    .map(({ channel, address, waitHours }) => ({ channel, address: needsAddress(channel) ? address.trim() : null, waitHours }));

/** What was kept of ways that were being filled in. */
export const areWays = (kept: unknown): kept is readonly Way[] => Array.isArray(kept) && kept.every(isWay);

function isWay(kept: unknown): kept is Way {
  if (typeof kept !== 'object' || kept === null) return false;
  const { channel, address, waitHours, chosen } = kept as Record<string, unknown>;
  return (
    CHANNELS.some((known) => known === channel) &&
    typeof address === 'string' &&
    typeof chosen === 'boolean' &&
    (waitHours === null || typeof waitHours === 'number')
  );
}
