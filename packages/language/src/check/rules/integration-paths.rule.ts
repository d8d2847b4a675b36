import { bodiesOf, walkExpressions, walkStatements } from '../../model/children.ts';
import type { Statement } from '../../model/statements.ts';
import type { VariableSymbol } from '../../model/symbols.ts';
import type { ModelDraft } from '../model-draft.ts';
import { reachedBy } from '../reachable-parts.ts';
import type { Rule, RuleContext } from './rule.ts';

/** In one run of `update` each equation is integrated once, and what integration gives is not thrown away. */
export const integrationPaths: Rule = {
  name: 'integration-paths',
  codes: ['never-integrated', 'repeated-integration', 'overwritten-integration'],
  yieldsToErrors: true,
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

function reportOverwritten({ update }: ModelDraft, context: RuleContext): void {
  const lists: (readonly Statement[])[] = [update];
  walkStatements(update, (statement) => lists.push(...bodiesOf(statement)));
  for (const list of lists) {
    const first = list.findIndex(({ kind }) => kind === 'integrate');
    if (first !== -1) reportOverwrittenIn(list.slice(first), context);
  }
}

/** Reports assignments behind an integration, as long as nothing has read its result. */
function reportOverwrittenIn(statements: readonly Statement[], { report }: RuleContext): void {
  const unread = new Set<VariableSymbol>();
  for (const statement of statements) {
    if (mayReadAll(statement)) unread.clear();
    if (statement.kind === 'integrate') for (const variable of statement.variables) unread.add(variable);
    walkExpressions([statement], (part) => {
      if (part.kind === 'variable') unread.delete(part.symbol);
    });
    if (statement.kind === 'assign' && unread.has(statement.target))
      report('overwritten-integration', statement.span, { name: statement.target.writtenName });
    walkStatements([statement], (part) => {
      if (part.kind === 'assign') unread.delete(part.target);
    });
  }
}

/** Whether a statement may depend on any variable: by a function, an inline, or a further integration. */
function mayReadAll(statement: Statement): boolean {
  let found = false;
  walkStatements([statement], ({ kind }) => {
    found ||= kind === 'call' || kind === 'integrate';
  });
  walkExpressions([statement], (part) => {
    found ||= reachedBy(part) !== undefined;
  });
  return found;
}
