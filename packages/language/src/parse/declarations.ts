import type { ExpressionSyntax, TypeSyntax, VariableSyntax } from '../syntax/expressions.ts';
import type { DeclarationSyntax, DecoratorSyntax } from '../syntax/tree.ts';
import { parseExpression } from './expressions.ts';
import { finishElement } from './lines.ts';
import { parseIndex, parseName, parseNamedVariable } from './operands.ts';
import type { ParserState } from './parser-state.ts';
import { closeBracket, endLine, failExpected } from './recovery.ts';
import { isUnitInBrackets } from './unit-brackets.ts';
import { isTypeFirst, parseType } from './units.ts';

/** `recordable inline a, b[n] real = expr [[guard]] @decorator`, with its line end. */
export function parseDeclaration(p: ParserState): DeclarationSyntax {
  const { start } = p.token;
  const isRecordable = p.accept('recordable') !== undefined;
  const isInline = p.accept('inline') !== undefined;
  const { variables, type } = isTypeFirst(p) ? parseTypeFirst(p) : parseNamesAndType(p);
  const value = p.accept('=') ? parseExpression(p) : undefined;
  const guard = parseGuard(p);
  const decorators = parseDecorators(p);
  const element = finishElement(p, start);
  endDeclaration(p, value !== undefined);
  return {
    kind: 'declaration',
    ...element,
    isRecordable,
    isInline,
    variables,
    type,
    ...(value === undefined ? {} : { value }),
    ...(guard === undefined ? {} : { guard }),
    decorators,
  };
}

function parseNamesAndType(p: ParserState): Pick<DeclarationSyntax, 'variables' | 'type'> {
  const variables: VariableSyntax[] = [];
  do variables.push(parseDeclaredVariable(p));
  while (p.accept(','));
  const last = variables.at(-1)!;
  const type = parseType(p, last.name.text);
  if (p.is('[')) failSizeBehindType(p, last, type);
  return { variables, type };
}

/** A name with its size; brackets around a unit are no size. */
function parseDeclaredVariable(p: ParserState): VariableSyntax {
  const expected = 'the name of a variable';
  if (!isUnitInBrackets(p, 1)) return parseNamedVariable(p, expected);
  const name = parseName(p, expected);
  return { kind: 'variable', span: name.span, name, order: 0 };
}

/** `w pA[3]`: the size belongs to the name. */
function failSizeBehindType(p: ParserState, variable: VariableSyntax, type: TypeSyntax): void {
  const { start } = p.token;
  parseIndex(p);
  const span = p.spanFrom(start);
  const size = p.textOf(span);
  const instead = `\`${variable.name.text}${size} ${p.textOf(type.span)}\``;
  const place = { start: variable.span.end, end: variable.span.end };
  const edits = [
    { span: place, text: size },
    { span, text: '' },
  ];
  const fixes = [{ title: `Write ${instead}`, edits }];
  p.fail('foreign-notation', span, { what: 'a size behind the type', instead }, { fixes });
}

/** `real x` is reported and read as `x real`. */
function parseTypeFirst(p: ParserState): Pick<DeclarationSyntax, 'variables' | 'type'> {
  const [type, name] = [p.word, p.peekWord(1)];
  const span = { start: p.token.start, end: p.peek(1).end };
  const text = `${name} ${type}`;
  const fixes = [{ title: `Write \`${text}\``, edits: [{ span, text }] }];
  p.fail('type-before-name', span, { name, type }, { fixes });
  const first = parseType(p, name);
  return { type: first, variables: [parseNamedVariable(p, 'the name of a variable')] };
}

function endDeclaration(p: ParserState, hasValue: boolean): void {
  const isOver = p.atLineEnd() || p.is(';');
  if (!isOver && !hasValue) failExpected(p, '`=` and a value, or a guard `[[ … ]]`');
  endLine(p, 'an operator, a guard `[[ … ]]`, or the end of the line');
}

function parseGuard(p: ParserState): ExpressionSyntax | undefined {
  const opening = p.accept('[[');
  if (opening === undefined) return undefined;
  const guard = parseExpression(p);
  closeBracket(p, opening, ']]', 'an operator or `]]`');
  return guard;
}

/** `@homogeneous`, `@namespace::name`, any number of them. */
export function parseDecorators(p: ParserState): DecoratorSyntax[] {
  const decorators: DecoratorSyntax[] = [];
  while (p.is('@')) {
    const { start } = p.advance();
    const namespace = parseName(p, 'the name of a decorator').text;
    const name = p.accept('::') ? parseName(p, 'a name behind `::`').text : undefined;
    decorators.push({ span: p.spanFrom(start), namespace, ...(name === undefined ? {} : { name }) });
  }
  return decorators;
}
