import type { Span } from '@nestml/diagnostics';
import type { ExpressionNode } from '@nestml/dynamics';
import {
  type Kernel as CheckedKernel,
  type Expression,
  type OdeKernel,
  walkExpression,
} from '@nestml/language';
import type { FunctionKernel, Kernel, SystemKernel } from '../ir/model.ts';
import { createDeclared } from './create-symbols.ts';
import { lowerExpression } from './lower-expression.ts';
import { entryOf, type Lowering } from './lowering.ts';
import { reportPrinting } from './report-printing.ts';

/** All kernels but delta kernels; notes what each kernel variable is convolved as. */
export function lowerKernels(lowering: Lowering): readonly Kernel[] {
  return lowering.checked.kernels.flatMap((kernel) => lowerKernel(kernel, lowering) ?? []);
}

function lowerKernel(kernel: CheckedKernel, lowering: Lowering): Kernel | undefined {
  switch (kernel.kind) {
    case 'delta':
      lowering.kernels.set(kernel.symbol, { kind: 'delta' });
      return undefined;
    case 'function': {
      const value = lowerExpression(kernel.value, 'kernel', lowering);
      reportPrinting(value, kernel.value.span, lowering);
      const { name } = kernel.symbol;
      const places = placesOf([kernel.value], lowering);
      const lowered: FunctionKernel = {
        kind: 'function',
        name,
        age: lowering.age,
        value,
        span: kernel.span,
        places,
      };
      lowering.kernels.set(kernel.symbol, { kind: 'kernel', kernel: lowered, component: 0 });
      return lowered;
    }
    case 'ode': {
      const lowered = lowerSystem(kernel, lowering);
      kernel.components.forEach(({ symbol }, component) => {
        lowering.kernels.set(symbol, { kind: 'kernel', kernel: lowered, component });
      });
      return lowered;
    }
    default:
      return kernel satisfies never;
  }
}

function lowerSystem(kernel: OdeKernel, lowering: Lowering): SystemKernel {
  for (const { variables } of kernel.components) {
    for (const variable of variables) createDeclared(variable, 'kernelState', undefined, lowering);
  }
  const components = kernel.components.map(({ symbol, variables, value, increments }) => ({
    name: symbol.name,
    states: variables.map((variable) => entryOf(lowering.variables, variable)),
    value: lowerExpression(value, 'kernel', lowering),
    increments: increments.map((increment) => lowerExpression(increment, 'statement', lowering)),
  }));
  const name = components.map((component) => component.name).join(', ');
  const places = placesOf(
    kernel.components.map(({ value }) => value),
    lowering,
  );
  return { kind: 'system', name, age: lowering.age, components, span: kernel.span, places };
}

/** Equal parts are one node, so that lowering a part again finds the node that it became; the outermost place of a node wins. */
function placesOf(values: readonly Expression[], lowering: Lowering): ReadonlyMap<ExpressionNode, Span> {
  const places = new Map<ExpressionNode, Span>();
  for (const value of values) {
    walkExpression(value, (part) => {
      if (part.type.kind === 'string') return;
      const node = lowerExpression(part, 'kernel', lowering);
      if (!places.has(node)) places.set(node, part.span);
    });
  }
  return places;
}
