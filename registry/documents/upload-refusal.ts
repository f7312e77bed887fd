import { PROBLEMS, type ProblemCode } from '../http/problem.ts';

/** A refusal in the shape in which the tus library wants to be told. */
export class UploadRefusal extends Error {
  readonly status_code: number;
  readonly body: ProblemCode;
  constructor(problem: ProblemCode) {
    super(problem);
    this.status_code = PROBLEMS[problem][0];
    this.body = problem;
  }
}
