import { der } from '../../main/asn1/index.ts';
import { attribute, OIDS } from './forge-signed-data.ts';
import { answerOcsp, RESPONDER_EXTENSIONS } from './openssl-ocsp.ts';
import { daysFromNow, issue, issueCrl, keyOf, PERSON, signCms, standardHierarchy } from './openssl-pki.ts';
import { addUnsigned, stamp, TSA_EXTENSIONS } from './openssl-tsa.ts';
import { appendRevision, PAGE, signPdfByOpenssl, stream, writePdf } from './raw-pdf.ts';

/** One small signature at each level, with short keys' worth of octets: what attacks on every octet start from. */
const { root, authority } = standardHierarchy();
export const person = issue({ subject: PERSON, key: keyOf('small person', 'P-256'), issuer: authority });
const tsa = issue({ subject: '/CN=TSA', key: keyOf('small tsa', 'P-256'), issuer: authority, extensions: TSA_EXTENSIONS });
const responder = issue({
  subject: '/CN=OCSP',
  key: keyOf('small responder', 'P-256'),
  issuer: authority,
  extensions: RESPONDER_EXTENSIONS,
});

export const content = Buffer.from('Талап арыз');
const far = { from: daysFromNow(-1), to: daysFromNow(100) };
export const rootList = issueCrl(root, far);
export const list = issueCrl(authority, far);
export const revokingList = issueCrl(authority, { ...far, revoked: [{ certificate: person, reason: 'keyCompromise' }] });
export const answer = answerOcsp({ issuer: authority, certificate: person, responder, minutes: 600 });
export const revokingAnswer = answerOcsp({
  issuer: authority,
  certificate: person,
  responder,
  minutes: 600,
  revoked: [{ certificate: person }],
});

export const detached = signCms({ content, signers: [person] });
export const attached = signCms({ content, signers: [person], attached: true });
export const stampOver = (value: Uint8Array): Uint8Array => stamp(value, { authority: tsa });
const stamped = (value: Uint8Array): Uint8Array => attribute(OIDS.timestamp, stampOver(value));

/** The BasicOCSPResponse inside a response, as messages embed it. */
function basicOf(response: Uint8Array): Uint8Array {
  const marker = Buffer.from('06092b0601050507300101', 'hex');
  const at = Buffer.from(response).indexOf(marker) + marker.length;
  return response.subarray(at + 2 + (response[at + 1]! & 0x7f));
}
const evidence = (crl: Uint8Array, ocsp: Uint8Array): Uint8Array[] => [
  attribute('1.2.840.113549.1.9.16.2.23', der.sequence(authority.der)),
  attribute('1.2.840.113549.1.9.16.2.24', der.sequence(der.explicit(0, der.sequence(crl)), der.explicit(1, der.sequence(basicOf(ocsp))))),
];

export const cadesT = addUnsigned(detached, (value) => [stamped(value)]);
export const cadesLt = addUnsigned(detached, (value) => [stamped(value), ...evidence(list, answer)]);
/** Carries an answer and a list that revoke its signer. */
export const cadesRevoked = addUnsigned(detached, (value) => [stamped(value), ...evidence(revokingList, revokingAnswer)]);

const CATALOG = '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /DSS 20 0 R >>';
const pieceOf = (item: Uint8Array): string => stream(Buffer.from(item).toString('latin1'));

export const padesT = signPdfByOpenssl(writePdf(PAGE), {
  signer: person,
  field: 7,
  message: (cms) => Buffer.from(addUnsigned(cms, (value) => [stamped(value)])),
});
export const padesLt = appendRevision(padesT, {
  1: CATALOG,
  20: '<< /Certs [21 0 R] /CRLs [22 0 R] /OCSPs [23 0 R] >>',
  21: pieceOf(authority.der),
  22: pieceOf(list),
  23: pieceOf(answer),
});
export const padesLta = signPdfByOpenssl(padesLt, {
  signer: person,
  field: 30,
  subFilter: 'ETSI.RFC3161',
  objects: { 1: CATALOG },
  seal: stampOver,
});

/** The anchor, the list about its authorities, and nothing more. */
export const anchorOnly = { anchors: [root.der], certs: [], crls: [rootList], ocsp: [] };
export const withAuthority = { ...anchorOnly, certs: [authority.der] };
export const withLists = { ...withAuthority, crls: [rootList, list] };
export const authorityDer = authority.der;
