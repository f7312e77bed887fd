/** How many days before its end a certificate is spoken of, and from when with more weight. */
const DAYS = { told: 30, soon: 14, urgent: 7 } as const;
export type CertificateWeight = keyof typeof DAYS | 'over';

/** Null while nothing needs to be said; `daysLeft` is below 0 once it has ended. */
export function certificateWeight(daysLeft: number): CertificateWeight | null {
  if (daysLeft < 0) return 'over';
  if (daysLeft <= DAYS.urgent) return 'urgent';
  if (daysLeft <= DAYS.soon) return 'soon';
  return daysLeft <= DAYS.told ? 'told' : null;
}
