import { expect, it } from 'vitest';
import { SOURCES } from '../../../main/reports/report-sources.ts';
import { STANDS } from '../../../main/reports/shown-filings.ts';

it('of every source that names filings it is known when one stands in it', () => {
  const people = ['claimant', 'respondent', 'recipient', 'caseNumber', 'number', 'cabinetNumber'];
  const naming = Object.entries(SOURCES).filter(([, { fields }]) => people.some((field) => field in fields));
  expect(Object.keys(STANDS).sort()).toEqual(naming.map(([source]) => source).sort());
});
