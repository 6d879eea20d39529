/** What an experiment comes to once plan and data have met. The form is the contract's; it stands here for those who resolve plans. */
export { baselineId } from '../contract/identifiers.ts';
export { designFormat } from '../contract/design.ts';
export type { Design, DesignArm, SettledDesign } from '../contract/design.ts';
