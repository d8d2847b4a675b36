import type { Edit, Fix } from '@nestml/diagnostics';
import { visitExpressions } from '../syntax/children.ts';
import type { AssignmentSyntax, StatementSyntax } from '../syntax/tree.ts';
import type { ExpressionContext } from './context.ts';
import { lookUp, type ScopeEntry } from './scope.ts';
import { writtenType } from './value-types.ts';

/**
 * The cure of an assignment to a continuous port: a local variable of the same type takes the value, and the statements behind it read
 * that one. None inside a branch or a loop, since what follows the branch would read the port again.
 */
export function declareLocalForPort(
  { target, operator }: AssignmentSyntax,
  entry: ScopeEntry,
  context: ExpressionContext & { readonly following?: () => readonly StatementSyntax[] },
): readonly Fix[] {
  const { following } = context;
  const isPlain = operator === '=' && target.index === undefined && target.order === 0;
  if (entry.kind !== 'port' || entry.port.signal !== 'continuous' || following === undefined || !isPlain)
    return [];
  const type = writtenType(entry.port.type);
  if (type === undefined) return [];
  const old = target.name.text;
  const name = freeName(`${old}_local`, context);
  const edits: Edit[] = [{ span: target.span, text: `${name} ${type}` }];
  for (const statement of following()) {
    visitExpressions(statement, (expression) => {
      if (expression.kind === 'variable' && expression.name.text === old)
        edits.push({ span: expression.name.span, text: name });
    });
  }
  return [{ title: `Assign to a local variable \`${name}\``, edits }];
}

function freeName(name: string, context: ExpressionContext): string {
  return lookUp(context.scope, name) === undefined ? name : freeName(`${name}_`, context);
}
