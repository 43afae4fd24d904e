export { defineExpert, isExpertDefinition } from "./expert/define.ts";
export type { ExpertDefinition, ExpertSetup } from "./expert/define.ts";
export { bool, choice, float, int } from "./expert/params.ts";
export type { Expert } from "./expert/expert.ts";
