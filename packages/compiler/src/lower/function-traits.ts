import {
  type CheckedModel,
  type Expression,
  type FunctionDefinition,
  type FunctionSymbol,
  type VariableSymbol,
  walkExpression,
  walkExpressions,
  walkStatements,
} from '@nestml/language';

/** What a function does, calls of other functions included. */
export interface FunctionTraits {
  /** Whether it reads states, inputs or the time. */
  readonly reads: boolean;
  readonly draws: boolean;
  readonly prints: boolean;
}

type Found = { -readonly [K in keyof FunctionTraits]: boolean } & { readonly calls: Set<FunctionSymbol> };

/** Finds the traits of all functions of a model; functions may call each other in any way. */
export function findFunctionTraits(model: CheckedModel): ReadonlyMap<FunctionSymbol, FunctionTraits> {
  const inlines = new Map(model.inlines.map(({ symbol, value }) => [symbol, value]));
  const found = new Map(
    model.functions.map((definition) => [definition.symbol, traitsOfBody(definition, inlines)]),
  );
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (const traits of found.values()) {
      for (const callee of traits.calls) hasChanged = inherit(traits, found.get(callee)) || hasChanged;
    }
  }
  return found;
}

function inherit(traits: Found, callee: Found | undefined): boolean {
  let hasChanged = false;
  for (const key of ['reads', 'draws', 'prints'] as const) {
    if (callee?.[key] !== true || traits[key]) continue;
    traits[key] = true;
    hasChanged = true;
  }
  return hasChanged;
}

function traitsOfBody({ body }: FunctionDefinition, inlines: ReadonlyMap<VariableSymbol, Expression>): Found {
  const found: Found = { reads: false, draws: false, prints: false, calls: new Set() };
  const visit = (part: Expression): void => visitPart(part, found, inlines);
  walkExpressions(body, visit);
  walkStatements(body, (statement) => {
    if (statement.kind === 'print') found.prints = true;
    if (statement.kind === 'call') found.calls.add(statement.function);
  });
  return found;
}

function visitPart(part: Expression, found: Found, inlines: ReadonlyMap<VariableSymbol, Expression>): void {
  switch (part.kind) {
    case 'variable': {
      if (part.symbol.role === 'state') found.reads = true;
      const inline = inlines.get(part.symbol);
      if (inline !== undefined) walkExpression(inline, (inner) => visitPart(inner, found, inlines));
      return;
    }
    case 'port':
    case 'convolve':
    case 'time':
    case 'delayed':
      found.reads = true;
      return;
    case 'builtin':
      if (part.callSite !== undefined) found.draws = true;
      return;
    case 'functionCall':
      found.calls.add(part.function);
      return;
    default:
  }
}
