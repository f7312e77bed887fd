import type { CertificateEnd } from '../../shared/contract/index.ts';
import { certificateWeight } from '../../shared/domain/certificate-days.ts';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import { certificateLine } from '../acts/index.ts';
import { readSetting, writeSetting, type Store } from '../store/index.ts';

type Kept = { readonly store: Store; readonly config: { readonly clock: () => string } };

const DAY_MS = 86_400_000;
/** The day on which each person was last told that the certificate ends. */
const TOLD = 'certificate.told';

/**
 * When the person's certificate of this SHA-256 ends. With null it is the only one that the registry lists for the person; of several nobody knows
 * which one the key will show, so null is answered.
 */
export function certificateEnd({ store, config }: Kept, userId: string, sha256: string | null): CertificateEnd | null {
  const row = store.read.get<{ certificates: string }>('SELECT certificates FROM app_user WHERE id = ?', userId);
  const listed = (JSON.parse(row?.certificates ?? '[]') as string[])
    .map((pem) => certificateLine(new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'))))
    .filter((line) => line !== null);
  const line = sha256 === null ? (listed.length === 1 ? listed[0] : undefined) : listed.find((one) => one.sha256 === sha256);
  if (!line) return null;
  const { validUntil } = line;
  return { validUntil, daysLeft: Math.floor((Date.parse(validUntil) - Date.parse(config.clock())) / DAY_MS) };
}

/** The end of the certificate that the person has signed in with, when it is near and this person was not told of it today. */
export function tellCertificateEnd(desk: Kept, userId: string, sha256: string): CertificateEnd | null {
  const end = certificateEnd(desk, userId, sha256);
  if (end === null || certificateWeight(end.daysLeft) === null) return null;
  const today = courtDayOf(desk.config.clock());
  const told = readSetting<Record<string, string>>(desk.store.read, TOLD) ?? {};
  if (told[userId] === today) return null;
  desk.store.write((tx) => writeSetting(tx, TOLD, { ...told, [userId]: today }));
  return end;
}
