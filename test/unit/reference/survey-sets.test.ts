import path from 'node:path';
import { expect, it } from 'vitest';
import { loadReference } from '../../../main/reference/index.ts';
import { QUESTION_SETS } from '../../../registry/surveys/question-sets.ts';

it('the desk shows the questions that the registry asks, word for word', () => {
  const sets = loadReference(path.resolve('resources')).surveySets();
  expect(Object.fromEntries(sets.map(({ id, questions }) => [id, questions]))).toEqual(QUESTION_SETS);
});
