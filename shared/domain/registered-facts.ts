/** What a filing was registered with. It is not edited afterwards: a correction stands beside it. */
export const REGISTERED_FACTS = [
  'incomingNumber',
  'caseNumber',
  'receivedAt',
  'registeredAt',
  'kind',
  'category',
  'name',
  'iin',
  'bin',
  'address',
] as const;
export type RegisteredFact = (typeof REGISTERED_FACTS)[number];
