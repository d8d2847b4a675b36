import type { Diagnostic, SourceFile } from '@nestml/diagnostics';
import type { ExpressionSyntax } from '../syntax/expressions.ts';
import type { SyntaxTree } from '../syntax/tree.ts';
import { parseExpression } from './expressions.ts';
import { parseModels } from './models.ts';
import { ParserState } from './parser-state.ts';
import { endLine, failExpected } from './recovery.ts';

/** Reads a file. Never throws; mistakes are findings in the tree. Takes time and memory linear in the text. */
export function parse(source: SourceFile): SyntaxTree {
  const p = new ParserState(source, false);
  const models = parseModels(p);
  p.reportKeywords();
  const diagnostics = p.diagnostics.sort(byPlace);
  return { source, tokens: p.tokens, comments: p.comments.all, models, diagnostics };
}

/** Reads a text that is one expression; line breaks count as in a model, so an expression over lines needs brackets. */
export function parseExpressionText(source: SourceFile): {
  readonly expression: ExpressionSyntax;
  readonly diagnostics: readonly Diagnostic[];
} {
  const p = new ParserState(source, true);
  if (p.kind === 'indent') p.advance();
  const expression = parseExpression(p);
  endLine(p, 'an operator or the end of the expression');
  while (p.kind === 'dedent' || p.kind === 'indent') p.advance();
  if (p.kind !== 'end') failExpected(p, 'the end of the expression');
  p.reportKeywords();
  return { expression, diagnostics: p.diagnostics.sort(byPlace) };
}

function byPlace(first: Diagnostic, second: Diagnostic): number {
  return (first.span?.start ?? 0) - (second.span?.start ?? 0);
}
