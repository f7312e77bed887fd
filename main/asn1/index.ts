/** ASN.1: reading hostile BER and DER, writing DER. */
export { admitEncoding, surveyEncoding } from './admit-encoding.ts';
export * from './read-der.ts';
/** The writer under one name: its functions are called as the types are. */
export * as der from './write-der.ts';
