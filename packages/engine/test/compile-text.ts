import {
  createPlan,
  generateNeuron,
  type SolverChoice,
  solveModel,
  type UsageRequest,
} from '@nestml/compiler';
import { createSourceFile } from '@nestml/diagnostics';
import { type CheckedModel, check, parse } from '@nestml/language';
import type { NeuronArtefact } from '../src/index.ts';

/** The only model in a text that must be free of errors. */
export function checkedModel(text: string): CheckedModel {
  const { models, diagnostics } = check(parse(createSourceFile('test.nestml', text)));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return models[0]!;
}

/** The compiled form of a model that must be accepted; what has no exact solution is integrated by a method. */
export function compileText(
  text: string,
  usage: UsageRequest = {},
  solver: SolverChoice = 'auto',
): NeuronArtefact {
  const { model, diagnostics } = solveModel(checkedModel(text), { solver });
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const planned = createPlan(model, usage);
  if ('problem' in planned) throw new Error(planned.problem);
  return generateNeuron(planned.plan);
}
