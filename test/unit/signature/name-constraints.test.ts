import { describe, expect, it } from 'vitest';
import { der } from '../../../main/asn1/index.ts';
import type { CertificateFacts } from '../../../main/signature/index.ts';
import { judgeNames } from '../../../main/signature/trust/judge-names.ts';
import {
  address,
  alternativeNames,
  certificate,
  directoryName,
  dns,
  mail,
  nameConstraints,
  pathOf,
  uri,
  type Subtrees,
} from '../../support/forge-path.ts';

const judge = (subtrees: Subtrees, ...names: readonly Uint8Array[]) =>
  judgeNames(pathOf([nameConstraints(subtrees)], names.length > 0 ? [alternativeNames(...names)] : []))?.reason ?? 'ok';

/** A path of an authority with constraints and a leaf of any subject. */
function underAuthority(subject: string, subtrees: Subtrees, extensions: readonly Uint8Array[] = []): CertificateFacts[] {
  const anchor = certificate({ subject: 'CN=Anchor', issuer: 'CN=Anchor', ca: true });
  const authority = certificate({ subject: 'CN=CA', issuer: 'CN=Anchor', ca: true, extensions: [nameConstraints(subtrees)] });
  return [certificate({ subject, issuer: 'CN=CA', extensions }).facts, authority.facts, anchor.facts];
}
const judgeSubject = (subject: string, subtrees: Subtrees) => judgeNames(underAuthority(subject, subtrees))?.reason ?? 'ok';

describe('a name must lie where every authority above permits it', () => {
  const court = { permitted: [dns('court.kz')] };

  it.each<[string, Subtrees, Uint8Array, string]>([
    ['the host itself', court, dns('court.kz'), 'ok'],
    ['a host below', court, dns('A.Court.KZ'), 'ok'],
    ['a host whose name only ends alike', court, dns('notcourt.kz'), 'name-not-permitted'],
    ['another host', court, dns('court.ru'), 'name-not-permitted'],
    ['a name that is no host', court, dns('court.kz\0.evil.kz'), 'name-malformed'],
    ['an excluded host', { excluded: [dns('court.kz')] }, dns('a.court.kz'), 'name-excluded'],
    ['a host beside an excluded one', { excluded: [dns('court.kz')] }, dns('gov.kz'), 'ok'],
    ['a wildcard that reaches an excluded host', { excluded: [dns('a.court.kz')] }, dns('*.court.kz'), 'name-excluded'],
    ['permitted and excluded at once', { permitted: [dns('kz')], excluded: [dns('court.kz')] }, dns('court.kz'), 'name-excluded'],
    ['a form that is not spoken of', court, mail('a@court.ru'), 'ok'],

    ['a mailbox', { permitted: [mail('a@court.kz')] }, mail('a@COURT.kz'), 'ok'],
    ['another mailbox', { permitted: [mail('a@court.kz')] }, mail('b@court.kz'), 'name-not-permitted'],
    ['a mailbox in other letters', { permitted: [mail('a@court.kz')] }, mail('A@court.kz'), 'name-not-permitted'],
    ['an excluded mailbox in other letters', { excluded: [mail('a@court.kz')] }, mail('A@court.kz'), 'name-excluded'],
    ['any mailbox of a host', { permitted: [mail('court.kz')] }, mail('a@court.kz'), 'ok'],
    ['a mailbox of a host below', { permitted: [mail('court.kz')] }, mail('a@x.court.kz'), 'name-not-permitted'],
    ['a mailbox of a domain', { permitted: [mail('.court.kz')] }, mail('a@x.court.kz'), 'ok'],
    ['the domain itself is not below itself', { permitted: [mail('.court.kz')] }, mail('a@court.kz'), 'name-not-permitted'],
    ['two at signs', { permitted: [mail('court.kz')] }, mail('a@evil.ru@court.kz'), 'name-malformed'],
    ['an at sign in quotes', { permitted: [mail('court.kz')] }, mail('"a@evil.ru"@court.kz'), 'ok'],
    ['no mailbox', { permitted: [mail('court.kz')] }, mail('court.kz'), 'name-malformed'],

    ['a URI of the host', { permitted: [uri('court.kz')] }, uri('https://court.kz/a?b'), 'ok'],
    ['with user and port', { permitted: [uri('court.kz')] }, uri('https://me@COURT.kz:8443/'), 'ok'],
    ['a host below is another host', { permitted: [uri('court.kz')] }, uri('https://a.court.kz/'), 'name-not-permitted'],
    ['a host of the domain', { permitted: [uri('.court.kz')] }, uri('https://a.court.kz/'), 'ok'],
    [
      'the host behind a user that looks like one',
      { permitted: [uri('court.kz')] },
      uri('https://court.kz@evil.ru/'),
      'name-not-permitted',
    ],
    ['a URI without a host', { permitted: [uri('court.kz')] }, uri('urn:court.kz'), 'name-malformed'],
    ['a URI by an address', { excluded: [uri('court.kz')] }, uri('https://10.0.0.1/'), 'name-malformed'],

    ['an address of the network', { permitted: [address(10, 1, 0, 0, 255, 255, 0, 0)] }, address(10, 1, 2, 3), 'ok'],
    ['an address outside it', { permitted: [address(10, 1, 0, 0, 255, 255, 0, 0)] }, address(10, 2, 2, 3), 'name-not-permitted'],
    [
      'an address of the other family',
      { permitted: [address(10, 1, 0, 0, 255, 255, 0, 0)] },
      address(...Array<number>(16).fill(0)),
      'name-not-permitted',
    ],
    ['an address of odd length', { permitted: [address(10, 1, 0, 0, 255, 255, 0, 0)] }, address(10, 1, 2), 'name-malformed'],
    ['an excluded network of odd length excludes everything', { excluded: [address(10, 1)] }, address(10, 1, 2, 3), 'name-excluded'],

    ['a directory name below', { permitted: [directoryName('C=KZ'), directoryName('CN=Leaf')] }, directoryName('C=kz, O=Court'), 'ok'],
    [
      'a directory name beside',
      { permitted: [directoryName('C=KZ'), directoryName('CN=Leaf')] },
      directoryName('C=RU, O=Court'),
      'name-not-permitted',
    ],
  ])('%s', (_, subtrees, name, outcome) => {
    expect(judge(subtrees, name)).toBe(outcome);
  });

  it.each<[string, string, Subtrees, string]>([
    ['the subject below', 'C=KZ, O=Court, CN=X', { permitted: [directoryName('C=KZ, O=court')] }, 'ok'],
    ['the subject above', 'C=KZ', { permitted: [directoryName('C=KZ, O=Court')] }, 'name-not-permitted'],
    ['its parts in another order', 'O=Court, C=KZ', { permitted: [directoryName('C=KZ, O=Court')] }, 'name-not-permitted'],
    ['an excluded subject', 'C=KZ, O=Court, CN=X', { excluded: [directoryName('C=KZ, O=Court')] }, 'name-excluded'],
    ['no subject at all', '', { permitted: [directoryName('C=KZ')] }, 'ok'],
    ['a mail address within the subject', 'C=KZ, E=a@court.kz', { permitted: [mail('court.kz')] }, 'ok'],
    ['another one', 'C=KZ, E=a@evil.kz', { permitted: [mail('court.kz')] }, 'name-not-permitted'],
  ])('%s', (_, subject, subtrees, outcome) => {
    expect(judgeSubject(subject, subtrees)).toBe(outcome);
  });

  it('a mail address within the subject is asked even beside a good alternative name', () => {
    const path = underAuthority('CN=X, E=a@evil.kz', { permitted: [mail('court.kz')] }, [alternativeNames(mail('a@court.kz'))]);
    expect(judgeNames(path)?.reason).toBe('name-not-permitted');
  });

  it('the constraints of several authorities hold together', () => {
    const path = (name: string) =>
      pathOf(
        [nameConstraints({ permitted: [dns('kz')] })],
        [nameConstraints({ permitted: [dns('court.kz'), dns('court.ru')] })],
        [alternativeNames(dns(name))],
      );
    expect(['a.court.kz', 'gov.kz', 'court.ru'].map((name) => judgeNames(path(name))?.reason ?? 'ok')).toEqual([
      'ok',
      'name-not-permitted',
      'name-not-permitted',
    ]);
  });

  it('those of the anchor count too, those of the last certificate bind nobody', () => {
    const anchor = certificate({
      subject: 'CN=Anchor',
      issuer: 'CN=Anchor',
      ca: true,
      extensions: [nameConstraints({ permitted: [dns('kz')] })],
    });
    const leaf = certificate({ subject: 'CN=Leaf', issuer: 'CN=Anchor', extensions: [alternativeNames(dns('court.ru'))] });
    expect(judgeNames([leaf.facts, anchor.facts])).toEqual({ reason: 'name-not-permitted', certificate: leaf.facts.sha256 });
    expect(judgeNames(pathOf([nameConstraints({ permitted: [dns('kz')] }), alternativeNames(dns('court.ru'))]))).toBeNull();
  });

  it('a self-issued authority is passed over, a self-issued last certificate is not', () => {
    const constrained = [nameConstraints({ permitted: [directoryName('C=RU')] })];
    const anchor = certificate({ subject: 'CN=Anchor', issuer: 'CN=Anchor', ca: true });
    const authority = certificate({ subject: 'CN=CA', issuer: 'CN=Anchor', ca: true, extensions: constrained });
    const renewed = certificate({ subject: 'CN=CA', issuer: 'CN=CA', ca: true });
    const leaf = certificate({ subject: 'C=RU, CN=X', issuer: 'CN=CA' });
    expect(judgeNames([leaf.facts, renewed.facts, authority.facts, anchor.facts])).toBeNull();
    expect(judgeNames([renewed.facts, authority.facts, anchor.facts])?.reason).toBe('name-not-permitted');
  });
});

describe('what is not processed closes the path, but only where it matters', () => {
  const registered = (arc: string) => der.implicit(8, der.oid(arc));
  const otherName = der.raw(0xa0, der.oid('1.3.6.1.4.1.311.20.2.3'), der.explicit(0, der.utf8String('a@court.kz')));

  it('a form nobody looks into', () => {
    expect(judge({ permitted: [registered('1.2.3')] }, registered('1.2.3'))).toBe('name-constraint-unprocessed');
    expect(judge({ excluded: [otherName] }, otherName)).toBe('name-constraint-unprocessed');
    expect(judge({ permitted: [registered('1.2.3')] }, dns('court.kz'))).toBe('ok');
    expect(judge({ permitted: [dns('court.kz')] }, otherName)).toBe('ok');
  });

  it('a subtree that does not begin at its base', () => {
    expect(judge({ permitted: [dns('court.kz')], minimum: 1 }, dns('a.court.kz'))).toBe('name-constraint-unprocessed');
    expect(judge({ permitted: [dns('court.kz')], minimum: 1 }, mail('a@court.ru'))).toBe('ok');
    expect(judge({ permitted: [dns('court.kz')], minimum: 0 }, dns('a.court.kz'))).toBe('ok');
  });

  it('more names and constraints than anybody honest has', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => dns(`h${i}.court.kz`));
    expect(judge({ permitted: many }, ...many)).toBe('name-constraints-too-many');
    expect(judge({ permitted: many.slice(0, 100) }, ...many.slice(0, 100))).toBe('ok');
  });
});
