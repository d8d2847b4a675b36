import { positionAt } from '@nestml/diagnostics';
import { type CheckedModel, type Expression, walkExpression, walkExpressions } from '@nestml/language';
import { formulaToText } from '@nestml/report';
import { formulaOf } from '../report/formulas.ts';
import type { RemovableSingularity } from './analysis.ts';

/** All products of a model that are computed by `exprelr` (rule D21), in the order of the text. */
export function removableSingularities(model: CheckedModel): readonly RemovableSingularity[] {
  const found: (RemovableSingularity & { readonly start: number })[] = [];
  const visit = (part: Expression): void => {
    if (part.kind !== 'product' || part.safeForm === undefined) return;
    const { start, end } = part.span;
    found.push({
      start,
      text: model.source.text.slice(start, end),
      line: positionAt(model.source, start).line,
      computedAs: formulaToText(formulaOf(part.safeForm)),
    });
  };
  const { equations, inlines, parameters, internals, states, kernels } = model;
  const functions = kernels.flatMap((kernel) => (kernel.kind === 'function' ? [kernel] : []));
  for (const { value } of [...equations, ...inlines, ...parameters, ...internals, ...states, ...functions]) {
    walkExpression(value, visit);
  }
  for (const { condition } of model.conditionHandlers) walkExpression(condition, visit);
  const bodies = [
    model.update,
    ...[...model.functions, ...model.receiveHandlers, ...model.conditionHandlers].map(({ body }) => body),
  ];
  for (const body of bodies) walkExpressions(body, visit);
  return found.sort((a, b) => a.start - b.start).map(({ start: _, ...singularity }) => singularity);
}
