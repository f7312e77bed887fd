import fs from 'node:fs';
import { z } from 'zod';

/** Host names and addresses of people end up in headers; nothing that could end a line gets in. */
const oneLine = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);

const smtpSchema = z.strictObject({
  host: oneLine(255),
  port: z.number().int().min(1).max(65_535),
  /** `starttls` refuses servers that do not offer it; `none` is for a server on the same machine. */
  tls: z.enum(['starttls', 'implicit', 'none']).default('starttls'),
  /** PEM of an authority that this machine does not know. */
  ca: z.string().optional(),
  user: z.string().optional(),
  password: z.string().optional(),
  from: z.strictObject({ name: oneLine(200), address: z.email() }),
});
const gatewaySchema = z.strictObject({
  /** Gets every message as one POST. */
  url: z.url({ protocol: /^https?$/ }),
  /** Shared with the gateway; signs what is handed over and what comes back. */
  secret: z.string().min(32).max(1000),
  channels: z
    .array(z.enum(['push', 'sms']))
    .min(1)
    .max(2),
  timeoutSeconds: z.number().min(0.1).max(60).default(10),
});
const notificationsSchema = z.strictObject({
  smtp: smtpSchema.optional(),
  gateway: gatewaySchema.optional(),
  /** How often the outbox is looked at. */
  pollSeconds: z.number().min(0.05).max(3600).default(2),
  /** Waiting after each failed attempt; one more failure and the next channel is tried. */
  retrySeconds: z.array(z.number().min(0).max(86_400)).max(20).default([30, 120, 600, 3600, 10_800]),
  /** Older notices are no news any more. */
  maxAgeHours: z.number().min(1).max(8760).default(72),
});

export type Notifications = z.output<typeof notificationsSchema>;
export type SmtpServer = z.output<typeof smtpSchema>;
export type Gateway = z.output<typeof gatewaySchema>;

/** Of a JSON file, which holds secrets. Throws an Error that says in English what is wrong, without quoting it. */
export function readNotifications(file: string): Notifications {
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    throw new Error('--notifications cannot be read, or is not JSON');
  }
  const parsed = notificationsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`--notifications: ${parsed.error.issues[0]?.path.join('.') || 'the file'} is not as docs/cabinet.md says`);
}
