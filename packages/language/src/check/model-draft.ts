import type { CheckedModel } from '../model/checked-model.ts';

/**
 * What the checker has made of a model before all rules have run. It promises less than a checked model: expressions may have the error
 * type, and parts with a mistake may be missing. Only a draft without errors gets its order of initial values and becomes one.
 */
export type ModelDraft = Omit<CheckedModel, 'initialisationOrder'>;
