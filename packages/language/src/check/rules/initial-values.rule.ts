import type { Expression } from '../../model/expressions.ts';
import type { VariableSymbol } from '../../model/symbols.ts';
import type { ModelDraft } from '../model-draft.ts';
import { createPartFinder, type FoundPart } from '../reachable-parts.ts';
import type { Rule, RuleContext } from './rule.ts';

type Finder = (expression: Expression) => FoundPart | undefined;

/** Initial values depend on no input; parameters and internals should not depend on states (rule D11). */
export const initialValues: Rule = {
  name: 'initial-values',
  codes: ['input-in-initial-value', 'parameter-uses-state'],
  listeners: {
    model: (model, context) => {
      const findInput = createPartFinder(model, (part) => inputOf(part) !== undefined);
      for (const { symbol, value } of initialExpressions(model))
        checkInput(symbol, value, findInput, context);
      const isState = (part: Expression) => part.kind === 'variable' && part.symbol.role === 'state';
      const findState = createPartFinder(model, isState);
      for (const { symbol, value } of [...model.parameters, ...model.internals]) {
        const found = findState(value);
        if (found?.part.kind !== 'variable') continue;
        const { writtenName: state, declared } = found.part.symbol;
        const block = symbol.role === 'parameter' ? 'parameters' : 'internals';
        const related = [{ message: `\`${state}\` is declared here`, span: declared }];
        context.report(
          'parameter-uses-state',
          found.use.span,
          { name: symbol.name, block, state },
          { related },
        );
      }
    },
  },
};

function initialExpressions(model: ModelDraft) {
  const increments = model.kernels.flatMap((kernel) =>
    kernel.kind === 'ode'
      ? kernel.components.flatMap((component) =>
          component.increments.map((value, order) => ({ symbol: component.variables[order]!, value })),
        )
      : [],
  );
  return [...model.states, ...model.parameters, ...model.internals, ...increments];
}

function checkInput(
  symbol: VariableSymbol,
  value: Expression,
  findInput: Finder,
  { report }: RuleContext,
): void {
  const found = findInput(value);
  const input = found === undefined ? undefined : inputOf(found.part);
  // A port, or a convolution, in the increment of a kernel is reported by the rules about kernels.
  const isToldElsewhere = symbol.role === 'kernelState' && found?.part.kind !== 'time';
  if (found === undefined || input === undefined || isToldElsewhere) return;
  const related = found.through === undefined ? [] : [{ message: 'it is used here', span: found.part.span }];
  report('input-in-initial-value', found.use.span, { name: symbol.writtenName, input }, { related });
}

/** What a part reads that does not exist before the model runs. A convolution in place is reported as misplaced. */
function inputOf(part: Expression): string | undefined {
  if (part.kind === 'time') return 'the time';
  return part.kind === 'port' ? `the port \`${part.port.name}\`` : undefined;
}
