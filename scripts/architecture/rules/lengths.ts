import type { Node } from 'oxc-parser';
import {
  type Finding,
  isTable,
  isTest,
  lineOf,
  type Rule,
  type SourceModule,
  walk,
} from '../source-module.ts';
import { maximumFileLines, maximumFunctionLines } from '../table.ts';

/** Files and functions stay short enough to be read at once. Tests, tables and generated files are exempt. */
export const lengths: Rule = {
  name: 'lengths',
  check: ({ modules }) =>
    modules
      .filter((module) => !isTest(module) && !isTable(module))
      .flatMap((module) => [...checkFile(module), ...checkFunctions(module)]),
};

function checkFile(module: SourceModule): readonly Finding[] {
  const lines = module.text.replace(/\n$/, '').split('\n').length;
  if (lines < maximumFileLines) return [];
  return [
    {
      path: module.path,
      line: 1,
      rule: lengths.name,
      message: `the file has ${lines} lines, ${maximumFileLines - 1} are allowed`,
      cure: 'split it by what its parts are about; a table of data belongs into a file named *.table.ts',
    },
  ];
}

function checkFunctions(module: SourceModule): readonly Finding[] {
  const findings: Finding[] = [];
  walk(module.program, (node, parent) => {
    if (!isFunction(node)) return true;
    const first = lineOf(module, node.start);
    const lines = lineOf(module, node.end) - first + 1;
    if (lines < maximumFunctionLines || isPlainSwitch(module, node)) return true;
    findings.push({
      path: module.path,
      line: first,
      rule: lengths.name,
      message: `${nameOf(node, parent)} has ${lines} lines, ${maximumFunctionLines - 1} are allowed`,
      cure: 'move its steps into functions whose names say what they do',
    });
    return true;
  });
  return findings;
}

type FunctionNode = Node & {
  readonly type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression';
};

function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

/** An exhaustive switch is as long as its union: a function that is one switch with cases of under ten lines is exempt. */
function isPlainSwitch(module: SourceModule, node: FunctionNode): boolean {
  const { body } = node;
  if (body === null || body.type !== 'BlockStatement' || body.body.length !== 1) return false;
  const [only] = body.body;
  if (only?.type !== 'SwitchStatement') return false;
  return only.cases.every((branch) => lineOf(module, branch.end) - lineOf(module, branch.start) + 1 < 10);
}

function nameOf(node: FunctionNode, parent: Node | undefined): string {
  if (node.id != null) return `the function ${node.id.name}`;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
    return `the function ${parent.id.name}`;
  }
  if (parent?.type === 'MethodDefinition' && parent.key.type === 'Identifier') {
    return `the method ${parent.key.name}`;
  }
  return 'a function';
}
