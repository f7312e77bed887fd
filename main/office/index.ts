export { readBoard } from './read-board.ts';
export { loadAbsenceKinds } from './absence-kinds.ts';
export { readWorkload } from './read-workload.ts';
export { shareNow, type Given } from './share-now.ts';
export { shareWaiting } from './share-waiting.ts';
export {
  applyWorkPlanItem,
  isOfWorkPlan,
  readWorkPlan,
  setAbsence,
  setNorm,
  setShareRules,
  takeBackShareRules,
  settleWorkPlan,
  WORK_PLAN_SUBJECT,
  type PlanParts,
} from './work-plan.ts';
export { listOverrides, readForHead, readOverrides } from './read-overrides.ts';
