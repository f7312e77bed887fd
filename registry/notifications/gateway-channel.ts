import type { Gateway } from './configuration.ts';
import { SIGNATURE_HEADER, signatureOf, TIMESTAMP_HEADER } from './gateway-signature.ts';
import type { Channel, HandedOver, TakenNotice } from './hand-over.ts';
import { onOneLine, writeNotice } from './write-notice.ts';

const LONGEST_PHONE = 40;

/** Hands push and SMS messages to an HTTP gateway as signed JSON; receipts come back later. */
export function openGatewayChannel(gateway: Gateway): Channel {
  return {
    async send(notice, key) {
      const to = addressOf(notice);
      if (to === null) return { outcome: 'failed', reason: 'address-missing' };
      const { subject, short } = writeNotice(notice);
      const body = JSON.stringify({ key, channel: notice.via, to, language: notice.language, title: subject, text: short });
      const timestamp = String(Math.floor(Date.now() / 1000));
      try {
        const answer = await fetch(gateway.url, {
          method: 'POST',
          redirect: 'error',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': key,
            [TIMESTAMP_HEADER]: timestamp,
            [SIGNATURE_HEADER]: signatureOf(gateway.secret, timestamp, body),
          },
          body,
          signal: AbortSignal.timeout(gateway.timeoutSeconds * 1000),
        });
        await answer.body?.cancel();
        return outcomeOf(answer.status);
      } catch {
        return { outcome: 'retry', reason: 'gateway-unreachable' };
      }
    },
    close: () => undefined,
  };
}

/** Push goes to whoever has the filing in the cabinet; the gateway knows the telephones of its users. */
function addressOf({ via, addresses, facts }: TakenNotice): object | null {
  if (via === 'push') return facts.cabinetNumber === undefined ? null : { cabinetNumber: facts.cabinetNumber };
  const phone = onOneLine(addresses.phone ?? '', LONGEST_PHONE).replace(/[\s()-]/g, '');
  return /^\+?\d{5,15}$/.test(phone) ? { phone } : null;
}

/** A gateway that knows us and still refuses this message will refuse it again; trouble with our own standing there may pass. */
function outcomeOf(status: number): HandedOver {
  const reason = `gateway-${status}`;
  if (status >= 200 && status < 300) return { outcome: 'sent', answer: reason };
  return status === 400 || status === 404 || status === 410 || status === 422
    ? { outcome: 'failed', reason }
    : { outcome: 'retry', reason };
}
