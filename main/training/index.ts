/** The training kit: a PKI after the Kazakh profile with invented people, and the filings they send. Opens nothing in a real court. */
export { createTrainingKit } from './create-training-kit.ts';
export { kitUsers, parseTrainingKit, TRAINING_PIN, type TrainingKit } from './training-kit.ts';
export { installTrainingKit } from './install-training-kit.ts';
export { refreshTrainingCrls } from './refresh-training-crls.ts';
export { courtSystemSigner } from './kit-signers.ts';
export { makeSampleFilings, type SampleFiling } from './make-sample-filings.ts';
export { loadDay, makeDayFiling } from './scripted-day.ts';
