import nodemailer from 'nodemailer';
import type { SmtpServer } from './configuration.ts';
import type { Channel, HandedOver } from './hand-over.ts';
import { onOneLine, writeNotice } from './write-notice.ts';

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
/** What stands before an address in a header. */
const LONGEST_DISPLAY_NAME = 60;
/** RFC 5321 §4.5.3.1.3 with the angle brackets. */
const LONGEST_ADDRESS = 254;
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+\.[^\s@<>()[\]\\,;:"\p{Cc}.]+$/u;

/** Sends e-mail through one server. Names and addresses reach it as values, never as parts of a header. */
export function openSmtpChannel(server: SmtpServer): Channel {
  const transport = nodemailer.createTransport({
    host: server.host,
    port: server.port,
    secure: server.tls === 'implicit',
    requireTLS: server.tls === 'starttls',
    ignoreTLS: server.tls === 'none',
    ...(server.ca === undefined ? {} : { tls: { ca: server.ca } }),
    ...(server.user === undefined ? {} : { auth: { user: server.user, pass: server.password ?? '' } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = server.from.address.slice(server.from.address.lastIndexOf('@') + 1);
  return {
    async send(notice, key) {
      const address = notice.addresses.email?.trim() ?? '';
      if (address.length > LONGEST_ADDRESS || !ADDRESS.test(address)) return { outcome: 'failed', reason: 'address-invalid' };
      const { subject, long } = writeNotice(notice);
      try {
        const { response } = await transport.sendMail({
          from: server.from,
          to: { name: onOneLine(notice.name, LONGEST_DISPLAY_NAME), address },
          subject,
          text: long,
          messageId: `<${key}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': notice.language },
        });
        return { outcome: 'sent', answer: `smtp-${/^\d{3}/.exec(response)?.[0] ?? 'taken'}` };
      } catch (error) {
        return outcomeOf(error as { code?: string; responseCode?: number });
      }
    },
    close: () => transport.close(),
  };
}

/** A 5xx about this recipient or this message is for good; one about our own name and password is not the recipient's. */
function outcomeOf({ code, responseCode }: { readonly code?: string; readonly responseCode?: number }): HandedOver {
  const reason = responseCode === undefined ? 'smtp-unreachable' : `smtp-${responseCode}`;
  const aboutMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  return aboutMessage && responseCode !== undefined && responseCode >= 500 ? { outcome: 'failed', reason } : { outcome: 'retry', reason };
}
