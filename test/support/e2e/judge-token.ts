import path from 'node:path';
import { makeKeyToken, type KeyToken } from '../token/key-token.ts';
import { TRAINING_PIN } from './person.ts';

/** A token with the key of the training judge. */
export const makeJudgeToken = (desk: string): KeyToken =>
  makeKeyToken(desk, path.join(desk, 'training', 'training', 'keys', 'judge.p12'), TRAINING_PIN);
