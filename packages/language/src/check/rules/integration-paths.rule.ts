import { bodiesOf, expressionsOf, walkStatements } from '../../model/children.ts';
import type { Expression } from '../../model/expressions.ts';
import type { AssignStatement, Statement } from '../../model/statements.ts';
import type { VariableSymbol } from '../../model/symbols.ts';
import type { ModelDraft } from '../model-draft.ts';
import { createPartFinder } from '../reachable-parts.ts';
import type { Rule, RuleContext } from './rule.ts';

/** In one run of `update` each equation is integrated once, and what integration gives is not thrown away. */
export const integrationPaths: Rule = {
  name: 'integration-paths',
  codes: ['never-integrated', 'repeated-integration', 'overwritten-integration'],
  isDoubt: true,
  listeners: {
    model: (model, context) => {
      reportNeverIntegrated(model, context);
      followPath(model.update, new Set(), context);
      reportOverwritten(model, context);
    },
  },
};

/** Equations that no call integrates, although some are. The text is asked, since a wrong argument is told elsewhere. */
function reportNeverIntegrated({ equations, source }: ModelDraft, { syntax, report }: RuleContext): void {
  const text = source.text.slice(syntax.span.start, syntax.span.end).replace(/#.*/g, '');
  const calls = [...text.matchAll(/\bintegrate_odes\s*\(([^)]*)\)/g)].map(([, list = '']) => list.trim());
  if (calls.length === 0 || calls.includes('')) return;
  const integrated = new Set(calls.flatMap((list) => list.match(/[A-Za-z_$][\w$]*/g) ?? []));
  for (const { variables, span } of equations) {
    const { name } = variables[0]!;
    if (!integrated.has(name)) report('never-integrated', span, { name });
  }
}

type Variables = ReadonlySet<VariableSymbol>;

/** The variables that are integrated on every path through the statements; a second integration is reported. */
function followPath(statements: readonly Statement[], before: Variables, context: RuleContext): Variables {
  let done = before;
  for (const statement of statements) {
    if (statement.kind === 'integrate') {
      const again = statement.variables.find((variable) => done.has(variable));
      if (again !== undefined) context.report('repeated-integration', statement.span, { name: again.name });
      done = new Set([...done, ...statement.variables]);
    } else {
      const bodies = bodiesOf(statement).map((body) => followPath(body, done, context));
      // A loop may run not at all; of an `if` the missing `else` is an empty body.
      if (statement.kind === 'if') done = intersection(bodies);
    }
  }
  return done;
}

function intersection([first, ...others]: readonly Variables[]): Variables {
  return new Set([...(first ?? [])].filter((variable) => others.every((other) => other.has(variable))));
}

function reportOverwritten(model: ModelDraft, context: RuleContext): void {
  const lists: (readonly Statement[])[] = [model.update];
  walkStatements(model.update, (statement) => lists.push(...bodiesOf(statement)));
  for (const list of lists) {
    list.forEach((statement, index) => {
      if (statement.kind === 'integrate')
        reportOverwrittenIn(list.slice(index + 1), new Set(statement.variables), model, context);
    });
  }
}

/** Reports assignments behind an integration, as long as nothing has read its result. */
function reportOverwrittenIn(
  following: readonly Statement[],
  integrated: Variables,
  model: ModelDraft,
  { report }: RuleContext,
): void {
  const reads = (variable: VariableSymbol) =>
    createPartFinder(model, (part) => part.kind === 'variable' && part.symbol === variable);
  for (const variable of integrated) {
    const find = reads(variable);
    const isUse = (statement: Statement) => mentions(statement, variable, (part) => find(part) !== undefined);
    const first = following.find(isUse);
    if (first === undefined || !isWhole(first, variable)) continue;
    if (find(first.value) === undefined)
      report('overwritten-integration', first.span, { name: variable.writtenName });
  }
}

function isWhole(statement: Statement, variable: VariableSymbol): statement is AssignStatement {
  return statement.kind === 'assign' && statement.target === variable;
}

/** Whether a statement, bodies included, reads, assigns or integrates the variable, or may read it by calling a function. */
function mentions(
  statement: Statement,
  variable: VariableSymbol,
  reads: (expression: Expression) => boolean,
): boolean {
  let found = false;
  walkStatements([statement], (part) => {
    found ||= part.kind === 'call' || part.kind === 'emitSpike' || part.kind === 'integrate';
    found ||= part.kind === 'assign' && part.target === variable;
    found ||= expressionsOf(part).some(reads);
  });
  return found;
}
