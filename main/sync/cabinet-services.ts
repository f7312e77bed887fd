import {
  cabinetHearingsSchema,
  cabinetSurveySchema,
  cabinetSurveysSchema,
  caseFileSchema,
  checkAnswerSchema,
  fulfilmentSchema,
  recordedPaymentSchema,
  REGISTRY_PATHS,
  type CabinetHearings,
  type CabinetSurvey,
  type CabinetSurveys,
  type CaseFile,
  type CheckAnswer,
  type Fulfilment,
  type PaymentRequest,
  type RecordedPayment,
  type SurveyAnswerRequest,
} from '../../shared/registry/index.ts';
import type { Result } from '../../shared/result.ts';
import { askJson } from './ask.ts';
import { cabinetPaper, headersOf, type CabinetAccess } from './cabinet-client.ts';

/** What the court gives the sender of a filing besides talon and acts, asked as the electronic cabinet asks. */
export function openCabinetServices(access: CabinetAccess) {
  const { registryUrl } = access;
  const headers = headersOf(access);
  return {
    /** The same key again gets the payment that was recorded first. */
    pay: (payment: PaymentRequest, key: string): Promise<Result<RecordedPayment>> => {
      const init = { method: 'POST', headers: { ...headers, 'idempotency-key': key }, json: payment };
      return askJson(registryUrl, REGISTRY_PATHS.cabinetPayments, init, recordedPaymentSchema);
    },
    hearings: (number: string): Promise<Result<CabinetHearings>> =>
      askJson(registryUrl, REGISTRY_PATHS.cabinetHearings(number), { headers }, cabinetHearingsSchema),
    summons: (number: string, id: string) => cabinetPaper(access, REGISTRY_PATHS.cabinetSummons(number, id)),
    fulfilment: (number: string): Promise<Result<Fulfilment>> =>
      askJson(registryUrl, REGISTRY_PATHS.cabinetFulfilment(number), { headers }, fulfilmentSchema),
    fulfilmentDocument: (number: string, sha256: string) => cabinetPaper(access, REGISTRY_PATHS.cabinetFulfilmentDocument(number, sha256)),
    caseFile: (number: string): Promise<Result<CaseFile>> =>
      askJson(registryUrl, REGISTRY_PATHS.cabinetCaseFile(number), { headers }, caseFileSchema),
    caseFileDocument: (number: string, sha256: string) => cabinetPaper(access, REGISTRY_PATHS.cabinetCaseFileDocument(number, sha256)),
    surveys: (number: string): Promise<Result<CabinetSurveys>> =>
      askJson(registryUrl, REGISTRY_PATHS.cabinetSurveys(number), { headers }, cabinetSurveysSchema),
    answer: (number: string, surveyId: string, answers: SurveyAnswerRequest): Promise<Result<CabinetSurvey>> => {
      const init = { method: 'POST', headers, json: answers };
      return askJson(registryUrl, REGISTRY_PATHS.cabinetSurvey(number, surveyId), init, cabinetSurveySchema);
    },
    /** Open to anyone. */
    check: (paper: string): Promise<Result<CheckAnswer>> => askJson(registryUrl, REGISTRY_PATHS.check(paper), {}, checkAnswerSchema),
  };
}
export type CabinetServices = ReturnType<typeof openCabinetServices>;
