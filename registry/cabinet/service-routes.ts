import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  REGISTRY_PATHS,
  sha256Schema,
  surveyAnswerRequestSchema,
  type CabinetHearings,
  type CabinetSurveys,
  type CaseFile,
  type NoticeKind,
} from '../../shared/registry/index.ts';
import { lookInto, openDocuments } from '../case-files/read-case-file.ts';
import { sendDocument } from '../documents/send-document.ts';
import { findByNumber } from '../filings/find-filing.ts';
import { readHearings, visibleSummons } from '../hearings/read-hearings.ts';
import type { Registry } from '../http/context.ts';
import { answering, done, parse, refuse, sendProblem, type Outcome } from '../http/problem.ts';
import { markRead } from '../notifications/mark-read.ts';
import { readFulfilment } from '../requests/read-fulfilment.ts';
import { answerSurvey, readSurveys } from '../surveys/answer-survey.ts';

const cabinetNumber = z.string().regex(/^\d{12}$/);
const numberSchema = z.object({ number: cabinetNumber });
const summonsSchema = z.object({ number: cabinetNumber, summonsId: z.uuid() });
const surveySchema = z.object({ number: cabinetNumber, surveyId: z.uuid() });
const documentSchema = z.object({ number: cabinetNumber, sha256: sha256Schema });

const HEARING_NOTICES: readonly NoticeKind[] = ['hearing-set', 'hearing-moved', 'hearing-cancelled'];

type Filing = { readonly id: string; readonly court: string };

/** What the court gives the sender of a filing besides talon and acts: hearings, summonses, answers, the case file, surveys. */
export function cabinetServiceRoutes(app: FastifyInstance, registry: Registry): void {
  const config = { access: 'cabinet' } as const;
  const { db } = registry;

  async function named<T extends { number: string }>(
    schema: z.ZodType<T>,
    { params }: FastifyRequest,
  ): Promise<Outcome<{ readonly given: T; readonly filing: Filing }>> {
    const given = parse(schema, params);
    if (!given.ok) return given;
    const filing = await findByNumber(db, given.value.number);
    return filing ? done({ given: given.value, filing }) : refuse('not-found');
  }
  /** Sends a document that `find` says the sender of the filing may have now. */
  function serving<T extends { number: string }>(
    schema: z.ZodType<T>,
    type: string,
    find: (filing: Filing, given: T) => Promise<{ sha256: string; size: number } | null>,
  ) {
    return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const asked = await named(schema, request);
      if (!asked.ok) return sendProblem(reply, asked.problem);
      const document = await find(asked.value.filing, asked.value.given);
      return document === null ? sendProblem(reply, 'not-found') : sendDocument(registry, request, reply, { ...document, type });
    };
  }

  app.get(
    REGISTRY_PATHS.cabinetFilings + '/:number/hearings',
    { config },
    answering(async (request) => {
      const asked = await named(numberSchema, request);
      if (!asked.ok) return asked;
      const hearings = await readHearings(db, asked.value.filing.id);
      await markRead(registry, asked.value.filing, HEARING_NOTICES, null);
      return done<CabinetHearings>({ hearings });
    }),
  );
  app.get(
    REGISTRY_PATHS.cabinetFilings + '/:number/summonses/:summonsId',
    { config },
    serving(summonsSchema, 'application/pdf', async (filing, { summonsId }) => {
      const summons = await visibleSummons(db, filing.id, summonsId);
      if (summons) await markRead(registry, filing, ['summons'], summonsId);
      return summons;
    }),
  );

  app.get(
    REGISTRY_PATHS.cabinetFilings + '/:number/fulfilment',
    { config },
    answering(async (request) => {
      const asked = await named(numberSchema, request);
      if (!asked.ok) return asked;
      const fulfilment = await readFulfilment(db, asked.value.filing.id);
      if (fulfilment === null) return refuse('not-found');
      await markRead(registry, asked.value.filing, ['request-fulfilled'], null);
      return done(fulfilment);
    }),
  );
  app.get(
    REGISTRY_PATHS.cabinetFilings + '/:number/fulfilment/:sha256',
    { config },
    serving(documentSchema, 'application/octet-stream', async (filing, { sha256 }) => {
      const fulfilment = await readFulfilment(db, filing.id);
      return fulfilment?.documents.find((document) => document.sha256 === sha256) ?? null;
    }),
  );

  app.get(
    REGISTRY_PATHS.cabinetFilings + '/:number/case-file',
    { config },
    answering(async (request) => {
      const asked = await named(numberSchema, request);
      return asked.ok ? done<CaseFile>({ documents: await openDocuments(db, asked.value.filing.id, registry.clock()) }) : asked;
    }),
  );
  app.get(
    REGISTRY_PATHS.cabinetFilings + '/:number/case-file/:sha256',
    { config },
    serving(documentSchema, 'application/octet-stream', (filing, { sha256 }) => lookInto(registry, filing, sha256)),
  );

  app.get(
    REGISTRY_PATHS.cabinetFilings + '/:number/surveys',
    { config },
    answering(async (request) => {
      const asked = await named(numberSchema, request);
      if (!asked.ok) return asked;
      const surveys = await readSurveys(db, asked.value.filing.id);
      await markRead(registry, asked.value.filing, ['survey'], null);
      return done<CabinetSurveys>({ surveys });
    }),
  );
  app.post(
    REGISTRY_PATHS.cabinetFilings + '/:number/surveys/:surveyId',
    { config },
    answering(async (request) => {
      const asked = await named(surveySchema, request);
      if (!asked.ok) return asked;
      const answers = parse(surveyAnswerRequestSchema, request.body);
      return answers.ok ? answerSurvey(registry, asked.value.filing, asked.value.given.surveyId, answers.value) : answers;
    }),
  );
}
