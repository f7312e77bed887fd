import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import * as wire from '../../../shared/registry/index.ts';
import { userRequestSchema } from '../../../registry/users/user-request.ts';

type Reference = { $ref?: string };
type Content = { content?: Record<string, { schema?: Reference }> };
type Parameter = Reference & { name?: string; in?: string };
export type Operation = {
  operationId: string;
  security?: object[];
  parameters?: Parameter[];
  requestBody?: Reference & Content;
  responses: Record<string, Reference & Content>;
};
type Protocol = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; responses: Record<string, Content>; requestBodies: Record<string, Content> };
};

export const protocol = parse(readFileSync(new URL('../../../docs/registry-protocol.yaml', import.meta.url), 'utf8')) as Protocol;

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

/** Every operation of the document with its method and path. */
export const operations = Object.entries(protocol.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => METHODS.includes(method))
    .map(([method, operation]) => ({ method: method.toUpperCase(), path, ...operation })),
);

const courtCode = z.string().regex(/^\d{4}$/);
const workstation = z.looseObject({
  id: z.uuid(),
  court: courtCode,
  name: z.string(),
  enrolledAt: wire.instantSchema,
  revokedAt: wire.instantSchema.nullable(),
  version: z.string().nullable(),
  updateNeeded: z.boolean(),
});
const user = wire.userMessageSchema.omit({ by: true }).extend({ court: courtCode });

/** The schemas of the document as the code has them. */
export const documentedSchemas: Record<string, z.ZodType> = {
  Sha256: wire.sha256Schema,
  Instant: wire.instantSchema,
  Id: z.uuid(),
  Version: wire.versionSchema,
  SessionId: wire.sessionIdSchema,
  SignInChallenge: wire.signInChallengeSchema,
  BeginSessionRequest: wire.beginSessionRequestSchema,
  UserSession: wire.userSessionSchema,
  UserSessionList: z.looseObject({ sessions: z.array(wire.userSessionSchema) }),
  CourtCode: courtCode,
  CabinetNumber: z.string().regex(/^\d{12}$/),
  Tenge: wire.tengeSchema,
  Court: wire.courtSchema,
  Party: wire.partySchema,
  Representative: wire.partySchema.partial({ side: true, type: true }),
  Payment: wire.paymentSchema,
  SignatureFile: wire.signatureFileSchema,
  FilingDocument: wire.filingDocumentSchema,
  FilingSubmission: wire.filingSubmissionSchema,
  FilingMessage: wire.filingMessageSchema,
  FilingState: wire.filingStateSchema,
  UserMessage: wire.userMessageSchema,
  KeepUser: wire.commandPayloads['user.keep'],
  InviteWorkstation: wire.commandPayloads['workstation.invite'],
  WithdrawCode: wire.commandPayloads['workstation.withdraw'],
  RenameWorkstation: wire.commandPayloads['workstation.rename'],
  RevokeWorkstation: wire.commandPayloads['workstation.revoke'],
  ConfigureCourt: wire.commandPayloads['court.configure'],
  CertificatePem: wire.certificatePemSchema,
  AdministrationQuestion: wire.administrationQuestionSchema,
  AskAdministration: wire.askAdministrationSchema,
  AdministrationSide: wire.administrationSideSchema,
  AdministrationEntry: wire.administrationEntrySchema,
  Named: wire.namedSchema,
  AdministrationPage: wire.administrationPageSchema,
  CourtWorkstation: wire.courtWorkstationSchema,
  Invitation: wire.invitationSchema,
  CourtWorkstations: wire.courtWorkstationsSchema,
  WorkstationChanged: wire.workstationChangedSchema,
  RenameCourt: wire.commandPayloads['court.rename'],
  CourtConfigured: wire.courtConfiguredSchema,
  CourtChanged: wire.courtChangedSchema,
  CaseMessage: wire.caseMessageSchema,
  FeedItem: wire.feedItemSchema,
  FeedPage: wire.feedPageSchema,
  FeedHead: wire.feedHeadSchema,
  FeedLinks: wire.feedLinksSchema,
  JournalAnchor: wire.journalAnchorSchema,
  JournalAnchors: wire.journalAnchorsSchema,
  NumberBlockRequest: wire.numberBlockRequestSchema,
  NumberBlock: wire.numberBlockSchema,
  NumberAccount: wire.numberAccountSchema,
  NumberAccounts: wire.numberAccountsSchema,
  Lease: wire.leaseSchema,
  TakeLeaseRequest: wire.takeLeaseRequestSchema,
  TakenLease: wire.takeLeaseAnswerSchema,
  KeepLeasesRequest: wire.keepLeasesRequestSchema,
  LeaseList: wire.keepLeasesAnswerSchema,
  LeaseTakenOver: wire.leaseTakenOverSchema,
  TakeOver: wire.commandPayloads['lease.take-over'],
  AssignFiling: wire.commandPayloads['filing.assign'],
  PostponeFiling: wire.commandPayloads['filing.postpone'],
  SetAbsence: wire.commandPayloads['absence.set'],
  SetNorm: wire.commandPayloads['norm.set'],
  SetShareRules: wire.commandPayloads['share-rules.set'],
  ShareRule: wire.shareRuleSchema,
  AbsenceChanged: wire.absenceMessageSchema,
  NormChanged: wire.normMessageSchema,
  ShareRulesChanged: wire.shareRulesMessageSchema,
  FilingAssigned: wire.filingAssignedSchema,
  FilingPostponed: wire.filingPostponedSchema,
  ReturnNumbers: wire.commandPayloads['number.return'],
  ClaimNumbers: wire.commandPayloads['number.claim'],
  VoidNumbers: wire.commandPayloads['number.void'],
  Defect: wire.defectSchema,
  Proposal: wire.proposalMessageSchema,
  Decision: wire.decisionMessageSchema,
  StartedTerms: wire.startedTermsSchema,
  Command: wire.commandEnvelopeSchema,
  AddAnnexes: wire.commandPayloads['filing.add-annexes'],
  AnnexMessage: wire.annexMessageSchema,
  LinkFilings: wire.commandPayloads['filing.link'],
  LinkMessage: wire.linkMessageSchema,
  TakePaper: wire.commandPayloads['filing.take-paper'],
  RegisterFiling: wire.commandPayloads['filing.register'],
  OverrideFinding: wire.commandPayloads['finding.override'],
  FindingOverride: wire.findingOverrideSchema,
  IssueTalon: wire.commandPayloads['talon.issue'],
  SendToJudge: wire.commandPayloads['filing.send-to-judge'],
  IssueAct: wire.commandPayloads['act.issue'],
  RaiseAct: wire.commandPayloads['act.raise'],
  DispatchAct: wire.commandPayloads['act.dispatch'],
  DispatchStep: wire.dispatchStepSchema,
  SendDispatch: wire.commandPayloads['dispatch.send'],
  ResendDispatch: wire.commandPayloads['dispatch.resend'],
  RecordDispatch: wire.commandPayloads['dispatch.record'],
  Recipient: wire.recipientSchema,
  SetHearing: wire.commandPayloads['hearing.set'],
  CancelHearing: wire.commandPayloads['hearing.cancel'],
  IssueSummons: wire.commandPayloads['summons.issue'],
  GivenDocument: wire.givenDocumentSchema,
  FulfilRequest: wire.commandPayloads['request.fulfil'],
  GrantCaseFile: wire.commandPayloads['case-file.grant'],
  WithdrawCaseFile: wire.commandPayloads['case-file.withdraw'],
  AddNote: wire.commandPayloads['note.add'],
  WithdrawNote: wire.commandPayloads['note.withdraw'],
  CorrectFiling: wire.commandPayloads['filing.correct'],
  CorrectFact: wire.commandPayloads['fact.correct'],
  RecallProposal: wire.commandPayloads['proposal.recall'],
  NoteMessage: wire.noteMessageSchema,
  CorrectionMessage: wire.correctionMessageSchema,
  FactCorrectionMessage: wire.factCorrectionMessageSchema,
  ProposalRecallMessage: wire.proposalRecallMessageSchema,
  AskSurvey: wire.commandPayloads['survey.ask'],
  HearingMessage: wire.hearingMessageSchema,
  SummonsMessage: wire.summonsMessageSchema,
  RequestFulfilled: wire.requestFulfilledSchema,
  CaseFileMessage: wire.caseFileMessageSchema,
  CaseFileSeen: wire.caseFileSeenSchema,
  SurveyAsked: wire.surveyAskedSchema,
  SurveyAnswered: wire.surveyAnsweredSchema,
  DeliveryReceipts: wire.deliveryReceiptsSchema,
  ReceiptsTaken: wire.receiptsTakenSchema,
  CheckAnswer: wire.checkAnswerSchema,
  Delivery: wire.deliverySchema,
  DeliveryAttempt: wire.deliveryAttemptSchema,
  Deliveries: wire.deliveriesSchema,
  PaymentRequest: wire.paymentRequestSchema,
  RecordedPayment: wire.recordedPaymentSchema,
  TimelineEntry: wire.timelineEntrySchema,
  CabinetHearing: wire.cabinetHearingSchema,
  CabinetHearings: wire.cabinetHearingsSchema,
  Fulfilment: wire.fulfilmentSchema,
  CaseFile: wire.caseFileSchema,
  SurveyQuestion: wire.surveyQuestionSchema,
  CabinetSurvey: wire.cabinetSurveySchema,
  CabinetSurveys: wire.cabinetSurveysSchema,
  SurveyAnswerRequest: wire.surveyAnswerRequestSchema,
  AnchorJournal: wire.commandPayloads['journal.anchor'],
  AcceptJournal: wire.commandPayloads['journal.accept'],
  CommandAnswer: wire.commandAnswerSchema,
  Ready: wire.readySchema,
  Health: wire.healthSchema,
  EnrolRequest: wire.enrolRequestSchema,
  EnrolAnswer: wire.enrolAnswerSchema,
  TokenRequest: wire.tokenRequestSchema,
  TokenAnswer: wire.tokenAnswerSchema,
  TrainingKit: wire.trainingKitSchema,
  SubmitAnswer: wire.submitAnswerSchema,
  UploadAnswer: wire.uploadAnswerSchema,
  CabinetStatus: wire.cabinetStatusSchema,
  FilingStatesPage: wire.filingStatesPageSchema,
  KeepCourt: wire.keepCourtSchema,
  CourtEntry: wire.courtEntrySchema,
  CourtList: wire.courtListSchema,
  Workstation: workstation,
  WorkstationList: z.looseObject({ workstations: z.array(workstation) }),
  UserRequest: userRequestSchema,
  User: user,
  UserList: z.looseObject({ users: z.array(user) }),
  Problem: wire.problemSchema,
};

export type Call = {
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string | number>;
  readonly headers?: Record<string, string>;
  readonly token?: string | undefined;
  readonly json?: unknown;
  readonly body?: BodyInit;
};
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- its shape was checked against the document
export type Answer = { status: number; headers: Headers; bytes: Buffer; json: any };

const nameOf = (reference: string) => reference.slice(reference.lastIndexOf('/') + 1);

/** A client made from the document alone. It refuses answers that the document does not describe and remembers which it has seen. */
export function createDocumentedClient(url: string) {
  const seen = new Set<string>();

  async function call(operationId: string, { path = {}, query = {}, headers = {}, token, json, body }: Call = {}): Promise<Answer> {
    const operation = operations.find((candidate) => candidate.operationId === operationId);
    if (!operation) throw new Error(`the document has no operation ${operationId}`);
    const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const sent: Record<string, string> = { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const init: RequestInit & { duplex: 'half' } = { duplex: 'half', method: operation.method, headers: sent };
    if (json !== undefined) {
      init.body = JSON.stringify(json);
      sent['content-type'] ??= 'application/json';
    } else if (body !== undefined) init.body = body;
    const response = await fetch(`${url}${filled}${search.size > 0 ? `?${search}` : ''}`, init);
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      bytes: Buffer.from(await response.arrayBuffer()),
      json: undefined,
    };
    checkDocumented(operation, answer);
    seen.add(`${operationId} ${answer.status}`);
    return answer;
  }

  return { url, call, seen };
}
export type DocumentedClient = ReturnType<typeof createDocumentedClient>;

function checkDocumented(operation: Operation & { method: string }, answer: Answer): void {
  const where = `${operation.operationId} ${answer.status}`;
  const documented = operation.responses[String(answer.status)];
  if (!documented) throw new Error(`${where} is not documented: ${answer.bytes.toString().slice(0, 200)}`);
  if (operation.method === 'HEAD') return; // never has a body
  const content = (documented.$ref ? protocol.components.responses[nameOf(documented.$ref)] : documented)?.content;
  const type = answer.headers.get('content-type')?.split(';')[0] ?? null;
  if (!content) {
    if (answer.bytes.length > 0) throw new Error(`${where} has a body`);
    return;
  }
  const described = type === null ? undefined : content[type];
  if (!described) throw new Error(`${where} has the content type ${type}`);
  if (type !== 'application/json') return;
  answer.json = JSON.parse(answer.bytes.toString());
  const schema = documentedSchemas[nameOf(described.schema?.$ref ?? '')];
  if (!schema) throw new Error(`${where} has no schema`);
  schema.parse(answer.json);
}
