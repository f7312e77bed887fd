/** Paths of the registry's HTTP interface, protocol 1. `{…}` parts are filled by the functions. */
export const REGISTRY_PATHS = {
  health: '/v1/health',
  enrol: '/v1/workstations/enrol',
  token: '/v1/token',
  /** `?after=SEQ&limit=N`; the court is the workstation's own. */
  feed: '/v1/feed',
  /** `?after=SEQ&limit=N`: the hash chain over the feed, made anew from what the registry holds. */
  feedLinks: '/v1/feed/links',
  /** `?before=ENTRIES&limit=N`, newest first: what this workstation has anchored. */
  journalAnchors: '/v1/journal-anchors',
  /** GET with Range and ETag; PUT stores bytes under their own hash. */
  document: (sha256: string) => `/v1/documents/${sha256}`,
  commands: '/v1/commands',
  numberBlocks: '/v1/number-blocks',
  /** GET `?series=S&year=YY`: what became of the court's numbers. */
  numberAccounts: '/v1/number-blocks/accounts',
  /** POST takes or renews one. */
  leases: '/v1/leases',
  /** POST: a desk's regular word about all of its leases. */
  keepLeases: '/v1/leases/keep',
  /** `?after=ID&limit=N` in order of id. */
  filingStates: '/v1/filings',
  filingState: (id: string) => `/v1/filings/${encodeURIComponent(id)}`,
  /** GET takes the kit (404 before the first), PUT leaves it if there is none and answers the one that holds. */
  trainingKit: '/v1/training/kit',
  cabinetUpload: '/v1/cabinet/uploads',
  cabinetFilings: '/v1/cabinet/filings',
  cabinetStatus: (number: string) => `/v1/cabinet/filings/${encodeURIComponent(number)}`,
  cabinetTalon: (number: string) => `/v1/cabinet/filings/${encodeURIComponent(number)}/talon`,
  cabinetAct: (number: string, actId: string) => `/v1/cabinet/filings/${encodeURIComponent(number)}/acts/${encodeURIComponent(actId)}`,
} as const;
