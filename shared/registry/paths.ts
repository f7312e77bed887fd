/** Paths of the registry's HTTP interface, protocol 1. `{…}` parts are filled by the functions. */
export const REGISTRY_PATHS = {
  health: '/v1/health',
  enrol: '/v1/workstations/enrol',
  token: '/v1/token',
  /** POST: a nonce for the mandate of a session. */
  signInChallenges: '/v1/sign-in/challenges',
  /** POST hands in the mandate of a session. */
  userSessions: '/v1/sign-in/sessions',
  /** DELETE `?at=INSTANT`: the person signed out or locked the desk. */
  userSession: (id: string) => `/v1/sign-in/sessions/${encodeURIComponent(id)}`,
  /** GET: the workstations of the court and the codes that wait for one. */
  workstations: '/v1/workstations',
  /** POST asks, with the proof of a person who is signed in: what was changed of the court's people, workstations, rules and names. */
  administrationEntries: '/v1/administration-entries',
  /** `?after=SEQ&limit=N&wait=SECONDS`; the court is the workstation's own. */
  feed: '/v1/feed',
  /** `?after=SEQ&limit=N`: the hash chain over the feed, made anew from what the registry holds. */
  feedLinks: '/v1/feed/links',
  /** `?before=ENTRIES&limit=N`, newest first: what this workstation has anchored. */
  journalAnchors: '/v1/journal-anchors',
  /** GET with Range and ETag; PUT stores bytes under their own hash. */
  document: (sha256: string) => `/v1/documents/${sha256}`,
  /** tus 1.0.0: POST begins an upload; `Upload-Metadata` names the `sha256`. */
  uploads: '/v1/uploads',
  /** HEAD, PATCH, DELETE. */
  upload: (id: string) => `/v1/uploads/${encodeURIComponent(id)}`,
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
  /** The operator: GET lists, POST adds or renames; POST `/{code}/revoke`, `/{code}/reinstate`; GET `/{code}/journal`. */
  courts: '/v1/admin/courts',
  /** GET: how those named in acts, hearings and summonses of a filing were told. */
  deliveries: (filingId: string) => `/v1/filings/${encodeURIComponent(filingId)}/deliveries`,
  cabinetUpload: '/v1/cabinet/uploads',
  /** The same as `uploads`, for the cabinet. */
  cabinetUploads: '/v1/cabinet/resumable-uploads',
  cabinetPayments: '/v1/cabinet/payments',
  cabinetFilings: '/v1/cabinet/filings',
  cabinetStatus: (number: string) => `/v1/cabinet/filings/${encodeURIComponent(number)}`,
  cabinetTalon: (number: string) => `/v1/cabinet/filings/${encodeURIComponent(number)}/talon`,
  cabinetAct: (number: string, actId: string) => `/v1/cabinet/filings/${encodeURIComponent(number)}/acts/${encodeURIComponent(actId)}`,
  cabinetHearings: (number: string) => `/v1/cabinet/filings/${encodeURIComponent(number)}/hearings`,
  cabinetSummons: (number: string, summonsId: string) =>
    `/v1/cabinet/filings/${encodeURIComponent(number)}/summonses/${encodeURIComponent(summonsId)}`,
  cabinetFulfilment: (number: string) => `/v1/cabinet/filings/${encodeURIComponent(number)}/fulfilment`,
  cabinetFulfilmentDocument: (number: string, sha256: string) =>
    `/v1/cabinet/filings/${encodeURIComponent(number)}/fulfilment/${encodeURIComponent(sha256)}`,
  cabinetCaseFile: (number: string) => `/v1/cabinet/filings/${encodeURIComponent(number)}/case-file`,
  cabinetCaseFileDocument: (number: string, sha256: string) =>
    `/v1/cabinet/filings/${encodeURIComponent(number)}/case-file/${encodeURIComponent(sha256)}`,
  cabinetSurveys: (number: string) => `/v1/cabinet/filings/${encodeURIComponent(number)}/surveys`,
  cabinetSurvey: (number: string, surveyId: string) =>
    `/v1/cabinet/filings/${encodeURIComponent(number)}/surveys/${encodeURIComponent(surveyId)}`,
  deliveryReceipts: '/v1/notifications/receipts',
  check: (number: string) => `/v1/check/${encodeURIComponent(number)}`,
} as const;
