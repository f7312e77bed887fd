import type { DocumentView, SignatureCard } from '../../../shared/contract/index.ts';
import type { useFormat } from '../../i18n/use-format.ts';
import type { Texts } from '../../i18n/use-texts.ts';

export type Fact = { readonly name: string; readonly values: readonly string[] };
type Format = ReturnType<typeof useFormat>;

/** Everything the report knows about one signature, for the specialist: codes as they stand in the standard, numbers whole. */
export function factsOf(card: SignatureCard, document: DocumentView, { t, named }: Texts, format: Format): readonly Fact[] {
  const when = (instant: string | null) => (instant === null ? null : format.dateTime(instant));
  const fact = (name: string, ...values: readonly (string | null | false)[]): Fact => ({
    name,
    values: values.filter((v) => !!v) as string[],
  });
  const { revocation, certificateFrom, certificateTo } = card;
  return [
    fact(t('sig.indication'), [card.indication, card.subIndication].filter(Boolean).join(' · ')),
    fact(t('sig.policy'), `${card.policy.id} · ${card.policy.version}`),
    fact(t('sig.format'), [card.format.toUpperCase(), card.level].filter(Boolean).join(' · ')),
    fact(t('sig.coverage'), t(`sig.coverage.${card.covers}`)),
    fact(t('sig.algorithm'), card.algorithm),
    fact(t('sig.signerRoles'), ...card.signerRoles.map((role) => named('sigRole', role))),
    fact(t('sig.claimedTime'), when(card.claimedTime)),
    fact(t('sig.bestTime'), (card.timeSource === 'timestamp' || card.boundedByReceipt) && when(card.bestTime)),
    ...card.timestamps.map((stamp) =>
      fact(
        `${t('sig.timestamp')} ${t(`sig.timestampKind.${stamp.kind}`)}`,
        [when(stamp.time), t(`sig.short.${stamp.verdict}`), stamp.subIndication].filter(Boolean).join(' · '),
        [stamp.authority, stamp.serial, stamp.policy].filter(Boolean).join(' · '),
      ),
    ),
    fact(
      t('sig.revocationEvidence'),
      revocation && t(`sig.evidence.${revocation.kind}`, { when: format.dateTime(revocation.thisUpdate) }),
      revocation?.nextUpdate !== undefined && revocation.nextUpdate !== null
        ? t('sig.validUntil', { when: format.dateTime(revocation.nextUpdate) })
        : null,
    ),
    fact(t('sig.serial'), card.serial),
    fact(t('sig.issuer'), card.issuer),
    fact(
      t('sig.certValidity'),
      certificateFrom !== null && certificateTo !== null && `${format.dateTime(certificateFrom)} – ${format.dateTime(certificateTo)}`,
    ),
    fact(t('sig.certificateHash'), card.certificateSha256),
    ...card.chain
      .slice(1)
      .map((link, at) =>
        fact(`${t('sig.chain')}, ${at + 2}`, link.subject, link.serial, `${format.date(link.from)} – ${format.date(link.to)}`, link.sha256),
      ),
    fact(t('sig.file'), card.fileName),
    fact(t('sig.fileHash'), card.fileSha256),
    fact(t('sig.documentHash'), document.sha256),
    fact(t('sig.notes'), ...card.warnings.map((code) => named('sigWarning', code))),
    fact(t('sig.flags'), ...card.flags.map((code) => named('sigFlag', code))),
  ].filter(({ values }) => values.length > 0);
}

/** The facts and the checks by their codes, as text to paste. */
export function copyOf(facts: readonly Fact[], card: SignatureCard): string {
  return [
    ...facts.map(({ name, values }) => `${name}: ${values.join('; ')}`),
    '',
    ...card.checks.map(({ id, result, reason }) => [id, result, reason].filter(Boolean).join(' ')),
  ].join('\n');
}
