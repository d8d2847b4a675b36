import type { Report } from '@nestml/diagnostics';
import type { CheckMessages } from '../messages/check-messages.ts';
import { bodiesOf, expressionsOf, walkExpression } from '../model/children.ts';
import type { Expression } from '../model/expressions.ts';
import type { Statement } from '../model/statements.ts';
import type { ModelSyntax } from '../syntax/tree.ts';
import type { Region } from './context.ts';
import type { ModelDraft } from './model-draft.ts';
import { rules } from './rules/index.ts';
import type { Rule, RuleContext, RuleNodes } from './rules/rule.ts';

/** What running the rules takes beside the model. */
export interface RuleSetup {
  readonly syntax: ModelSyntax;
  readonly report: Report<CheckMessages>;
  /** Whether the text of the model has mistakes of syntax. */
  readonly isDamaged: boolean;
  /** Whether the model has an error. */
  readonly hasErrors: () => boolean;
}

/** Runs all rules; those whose findings may follow from others come last, if nothing else is wrong. */
export function runRules(model: ModelDraft, setup: RuleSetup): void {
  walkModel(model, createWalk(setup.isDamaged ? rulesOfDamaged : firstRules, model, setup));
  if (setup.isDamaged || setup.hasErrors()) return;
  walkModel(model, createWalk(lastRules, model, setup));
}

const expressionKinds: Readonly<Record<Expression['kind'], true>> = {
  constant: true,
  variable: true,
  port: true,
  time: true,
  delayed: true,
  negation: true,
  sum: true,
  product: true,
  power: true,
  bit: true,
  bitNot: true,
  comparison: true,
  not: true,
  logical: true,
  conditional: true,
  builtin: true,
  functionCall: true,
  convolve: true,
  inUnit: true,
};

/** Rules by what they listen to. */
interface Listening {
  readonly byKind: ReadonlyMap<string, readonly Rule[]>;
  /** Whether any of them listens to expressions. */
  readonly toExpressions: boolean;
}

const firstRules = listening(rules.filter(({ yieldsToErrors }) => yieldsToErrors !== true));
const lastRules = listening(rules.filter(({ yieldsToErrors }) => yieldsToErrors === true));
const rulesOfDamaged = listening(
  rules.filter(({ yieldsToErrors, needsWholeText }) => yieldsToErrors !== true && needsWholeText !== true),
);

function listening(some: readonly Rule[]): Listening {
  const byKind = new Map<string, Rule[]>();
  for (const rule of some) {
    for (const kind of Object.keys(rule.listeners)) byKind.set(kind, [...(byKind.get(kind) ?? []), rule]);
  }
  return { byKind, toExpressions: Object.keys(expressionKinds).some((kind) => byKind.has(kind)) };
}

/** One walk over the model. */
function walkModel(model: ModelDraft, walk: Walk): void {
  walk.visit('model', model, 'state');
  for (const { declarations, region } of declarationsByRegion(model)) {
    for (const declaration of declarations) {
      walk.visit('declaration', declaration, region);
      walk.expression(declaration.value, region);
      if (declaration.guard !== undefined) walk.expression(declaration.guard, 'guard');
    }
  }
  for (const inline of model.inlines) {
    walk.visit('inline', inline, 'inline');
    walk.expression(inline.value, 'inline');
  }
  for (const equation of model.equations) {
    walk.visit('equation', equation, 'equation');
    walk.expression(equation.value, 'equation');
  }
  walkKernels(model, walk);
  walkBlocks(model, walk);
}

function declarationsByRegion({ states, parameters, internals }: ModelDraft) {
  return [
    { declarations: states, region: 'state' },
    { declarations: parameters, region: 'parameter' },
    { declarations: internals, region: 'internal' },
  ] as const;
}

function walkKernels({ kernels }: ModelDraft, walk: Walk): void {
  for (const kernel of kernels) {
    walk.visit('kernel', kernel, 'kernel');
    if (kernel.kind === 'function') walk.expression(kernel.value, 'kernel');
    if (kernel.kind !== 'ode') continue;
    for (const { value, increments } of kernel.components) {
      walk.expression(value, 'kernel');
      for (const increment of increments) walk.expression(increment, 'increment');
    }
  }
}

function walkBlocks(model: ModelDraft, walk: Walk): void {
  for (const definition of model.functions) {
    walk.visit('functionDefinition', definition, 'function');
    walk.statements(definition.body, 'function');
  }
  for (const handler of model.receiveHandlers) {
    walk.visit('receiveHandler', handler, 'receive');
    walk.statements(handler.body, 'receive');
  }
  for (const handler of model.conditionHandlers) {
    walk.visit('conditionHandler', handler, 'condition');
    walk.expression(handler.condition, 'trigger');
    walk.statements(handler.body, 'condition');
  }
  walk.statements(model.update, 'update');
}

/** Tells nodes to the rules that listen to them. */
interface Walk {
  readonly visit: <K extends keyof RuleNodes>(kind: K, node: RuleNodes[K], region: Region) => void;
  readonly expression: (expression: Expression, region: Region) => void;
  readonly statements: (statements: readonly Statement[], region: Region) => void;
}

function createWalk(
  { byKind, toExpressions }: Listening,
  model: ModelDraft,
  { syntax, report }: RuleSetup,
): Walk {
  const visit = <K extends keyof RuleNodes>(kind: K, node: RuleNodes[K], region: Region) => {
    const listeners = byKind.get(kind);
    if (listeners === undefined) return;
    const context: RuleContext = { report, model, syntax, region };
    for (const rule of listeners) rule.listeners[kind]?.(node, context);
  };
  const expression = (node: Expression, region: Region) => {
    if (!toExpressions) return;
    walkExpression(node, (part) => visit(part.kind, part as RuleNodes[typeof part.kind], region));
  };
  const statements = (nodes: readonly Statement[], region: Region) => {
    for (const node of nodes) {
      visit(node.kind, node as RuleNodes[typeof node.kind], region);
      for (const part of expressionsOf(node)) expression(part, region);
      for (const body of bodiesOf(node)) statements(body, region);
    }
  };
  return { visit, expression, statements };
}
