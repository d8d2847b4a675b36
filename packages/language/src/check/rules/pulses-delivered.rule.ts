import { bodiesOf, walkStatements } from '../../model/children.ts';
import type { Expression } from '../../model/expressions.ts';
import type { Statement } from '../../model/statements.ts';
import type { KernelSymbol, PortSymbol, VariableSymbol } from '../../model/symbols.ts';
import type { ModelDraft } from '../model-draft.ts';
import { createPartFinder } from '../reachable-parts.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Spikes that enter an equation as pulses act once, and are lost where the equation is not integrated (rule D2). */
export const pulsesDelivered: Rule = {
  name: 'pulses-delivered',
  codes: ['double-delivery', 'pulses-discarded'],
  yieldsToErrors: true,
  listeners: {
    model: (model, context) => {
      const skipped = skippedVariables(model);
      for (const pulses of findPulses(model)) {
        reportDoubleDelivery(pulses, model, context);
        if (skipped.has(pulses.variable)) {
          const { place, port, variable } = pulses;
          const parameters = { port: port.name, name: variable.name };
          context.report('pulses-discarded', place.span, parameters);
        }
      }
    },
  },
};

/** A port whose spikes enter an equation as pulses. */
interface Pulses {
  readonly variable: VariableSymbol;
  readonly port: PortSymbol;
  /** Where they enter the right-hand side. */
  readonly place: Expression;
}

function findPulses(model: ModelDraft): readonly Pulses[] {
  const deltas = new Set<KernelSymbol>(
    model.kernels.flatMap((kernel) => (kernel.kind === 'delta' ? [kernel.symbol] : [])),
  );
  const ports = model.ports.filter(({ signal }) => signal === 'spike');
  const finders = ports.map((port) => {
    const isPulse = (part: Expression) =>
      (part.kind === 'port' && part.port === port) ||
      (part.kind === 'convolve' && part.port === port && deltas.has(part.kernel));
    return { port, find: createPartFinder(model, isPulse) };
  });
  const findAny = createPartFinder(model, ({ kind }) => kind === 'port' || kind === 'convolve');
  const receiving = model.equations.filter(({ value }) => findAny(value) !== undefined);
  return receiving.flatMap(({ variables, value }) =>
    finders.flatMap(({ port, find }) => {
      const found = find(value);
      return found === undefined ? [] : [{ variable: variables[0]!, port, place: found.use }];
    }),
  );
}

function reportDoubleDelivery({ variable, port, place }: Pulses, model: ModelDraft, { report }: RuleContext) {
  for (const handler of model.receiveHandlers) {
    if (handler.port !== port) continue;
    walkStatements(handler.body, (statement) => {
      if (statement.kind !== 'assign' || statement.target.name !== variable.name) return;
      const related = [{ message: 'here they enter its equation', span: place.span }];
      report('double-delivery', statement.span, { port: port.name, name: variable.name }, { related });
    });
  }
}

/** The variables that `update` integrates on some paths, but not on all. */
function skippedVariables({ update }: ModelDraft): ReadonlySet<VariableSymbol> {
  const skipped = new Set<VariableSymbol>();
  walkStatements(update, (statement) => {
    if (statement.kind === 'integrate') for (const variable of statement.variables) skipped.add(variable);
  });
  for (const variable of alwaysIntegrated(update)) skipped.delete(variable);
  return skipped;
}

function alwaysIntegrated(statements: readonly Statement[]): ReadonlySet<VariableSymbol> {
  const always = new Set<VariableSymbol>();
  for (const statement of statements) {
    if (statement.kind === 'integrate') for (const variable of statement.variables) always.add(variable);
    if (statement.kind !== 'if') continue;
    const [first, ...others] = bodiesOf(statement).map(alwaysIntegrated);
    for (const variable of first ?? []) {
      if (others.every((other) => other.has(variable))) always.add(variable);
    }
  }
  return always;
}
