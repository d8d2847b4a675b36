import type { Node } from 'oxc-parser';
import { type Finding, lineOf, type Rule, type SourceModule, walk } from '../source-module.ts';

/** Types are never given up: no `any`, no cast by way of `unknown`. */
export const noAny: Rule = {
  name: 'no-any',
  check: ({ modules }) => modules.flatMap(checkModule),
};

function checkModule(module: SourceModule): readonly Finding[] {
  const findings: Finding[] = [];
  walk(module.program, (node) => {
    const breach = breachOf(node);
    if (breach !== undefined) {
      findings.push({ path: module.path, line: lineOf(module, node.start), rule: noAny.name, ...breach });
    }
    return true;
  });
  return findings;
}

function breachOf(node: Node): Pick<Finding, 'message' | 'cure'> | undefined {
  if (node.type === 'TSAnyKeyword') {
    return { message: 'the type `any`', cure: 'name the type, or use `unknown` and narrow it by a guard' };
  }
  if (
    node.type === 'TSAsExpression' &&
    node.expression.type === 'TSAsExpression' &&
    node.expression.typeAnnotation.type === 'TSUnknownKeyword'
  ) {
    return { message: 'a cast by way of `unknown`', cure: 'narrow the value by a guard, or change the type' };
  }
  return undefined;
}
