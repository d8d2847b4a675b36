import type { ExpressionSyntax, NameSyntax, VariableSyntax } from '../syntax/expressions.ts';
import type { EquationSyntax, InlineSyntax, KernelSyntax, OdeSyntax } from '../syntax/tree.ts';
import { parseDecorators } from './declarations.ts';
import { parseExpression } from './expressions.ts';
import { finishElement, suggestWord } from './lines.ts';
import { parseLostBlock } from './lost-heads.ts';
import { failMisplaced } from './misplaced.ts';
import { missingExpression, parseName, parseNamedVariable } from './operands.ts';
import type { ParserState } from './parser-state.ts';
import { endLine, failExpected, spanOf } from './recovery.ts';
import { parseType, startsType } from './units.ts';

/** One line of `equations`: a kernel, an inline expression or a differential equation, with its line end. */
export function parseEquation(p: ParserState): EquationSyntax | undefined {
  const { word } = p;
  if (word === 'kernel' || isOldShape(p)) return parseKernel(p);
  if (word === 'inline' || word === 'recordable' || isOldAlias(p)) return parseInline(p);
  if (p.kind !== 'name') return failMisplaced(p, '`equations`');
  const leibniz = findLeibniz(p);
  if (leibniz !== undefined) return parseLeibniz(p, leibniz);
  const target = p.peek(1).kind === 'operator' ? undefined : startsType(p, 1);
  if (target === true && parseLostBlock(p, ['parameters', 'input'])) return undefined;
  if (p.peekWord(1) === '<-' && parseLostBlock(p, ['input'])) return undefined;
  return target === true || p.peekWord(1) === '(' ? parseBareInline(p) : parseOde(p);
}

function isOldShape(p: ParserState): boolean {
  return p.is('shape') && p.peek(1).kind === 'name';
}

/** `function x mV = …` or `alias x mV = …`. */
function isOldAlias(p: ParserState): boolean {
  return (p.is('function') || p.is('alias')) && p.peek(1).kind === 'name' && p.peekWord(2) !== '(';
}

/** Reports a word of an old version, with the word that replaces it, and consumes it. */
function acceptOldWord(p: ParserState, versions: string, today: string): void {
  const span = spanOf(p.token);
  const fixes = [{ title: `Write \`${today}\``, edits: [{ span, text: today }] }];
  p.fail('old-syntax', span, { what: `\`${p.word}\``, versions, today: `\`${today}\`` }, { fixes });
  p.advance();
}

function parseKernel(p: ParserState): KernelSyntax {
  const { start } = p.token;
  if (p.is('shape')) acceptOldWord(p, 'NESTML up to 3.1', 'kernel');
  else p.advance();
  const definitions = [parseKernelDefinition(p)];
  while (p.accept(',')) {
    const comment = p.comments.behind(p.lastEnd);
    if (comment !== undefined && comment.span.end <= p.token.start) {
      definitions.push({ ...definitions.pop()!, comment });
    }
    definitions.push(parseKernelDefinition(p));
  }
  const element = finishElement(p, start);
  endLine(p, 'an operator, `,` and a further equation, or the end of the line');
  return { kind: 'kernel', ...element, definitions };
}

function parseKernelDefinition(p: ParserState): KernelSyntax['definitions'][number] {
  const target = parseNamedVariable(p, 'the name of a kernel');
  const value = parseDefiningExpression(p);
  return { span: p.spanFrom(target.span.start), target, value };
}

/** `= expression` */
function parseDefiningExpression(p: ParserState): ExpressionSyntax {
  if (p.accept('=')) return parseExpression(p);
  failExpected(p, '`=` and an expression');
  return missingExpression(p);
}

function parseInline(p: ParserState): InlineSyntax {
  const { start } = p.token;
  const isRecordable = p.accept('recordable') !== undefined;
  if (isOldAlias(p)) acceptOldWord(p, p.is('alias') ? 'NESTML 1' : 'NESTML 2 and 3', 'inline');
  else if (!p.accept('inline')) failMissingInline(p);
  const isBehind = p.is('recordable') && p.peek(1).kind === 'name';
  if (isBehind) failRecordable(p);
  return parseInlineRest(p, start, isRecordable || isBehind);
}

/** `inline recordable I pA = …` */
function failRecordable(p: ParserState): void {
  const span = { start: p.peek(-1).start, end: p.token.end };
  const text = 'recordable inline';
  const fixes = [{ title: `Write \`${text}\``, edits: [{ span, text }] }];
  p.fail('foreign-notation', span, { what: '`inline recordable`', instead: `\`${text}\`` }, { fixes });
  p.advance();
}

/** `I pA = …`: the word `inline` is missing. */
function parseBareInline(p: ParserState): InlineSyntax {
  failMissingInline(p);
  return parseInlineRest(p, p.token.start, false);
}

function failMissingInline(p: ParserState): void {
  if (p.kind === 'name' && p.peek(1).kind === 'name' && p.peekWord(2) === "'") {
    const span = { start: p.token.start, end: p.peek(1).start };
    const what = `\`${p.word}\` before an equation`;
    const fixes = [{ title: `Remove \`${p.word}\``, edits: [{ span, text: '' }] }];
    p.fail(
      'foreign-notation',
      spanOf(p.token),
      { what, instead: `\`${p.peekWord(1)}' = …\` alone` },
      { fixes },
    );
    return;
  }
  const meant = suggestWord(p, ['inline', 'kernel']);
  if (meant.suggestion !== undefined && p.peek(1).kind === 'name') {
    p.fail(
      'unknown-statement',
      spanOf(p.token),
      { word: p.word, suggestion: meant.suggestion },
      { fixes: meant.fixes },
    );
    return;
  }
  const span = { start: p.token.start, end: p.token.start };
  const isTwice = p.is(p.peekWord(1)) || p.is('recordable');
  const fix = { title: 'Insert `inline`', edits: [{ span, text: 'inline ' }] };
  // `I (pA) = …`, or the function of another language: `diff(V, t) = …`.
  const isCall = p.peekWord(1) === '(';
  const fixes = isTwice ? [] : [isCall ? { ...fix, isGuess: true as const } : fix];
  p.fail('missing-inline', spanOf(p.token), { name: p.word }, { fixes });
}

function parseInlineRest(p: ParserState, start: number, isRecordable: boolean): InlineSyntax {
  const name = parseName(p, 'the name of an inline expression');
  const type = parseType(p, name.text);
  const value = parseDefiningExpression(p);
  p.accept(';');
  const decorators = parseDecorators(p);
  const element = finishElement(p, start);
  endLine(p, 'an operator, a decorator, or the end of the line');
  return { kind: 'inline', ...element, isRecordable, name, type, value, decorators };
}

/** The derivative of a variable in the notation of Leibniz. */
interface Leibniz {
  /** The variable. */
  readonly name: NameSyntax;
  /** The number of tokens. */
  readonly length: number;
}

/** `dV_m/dt = …`, `d/dt V_m = …`, `d(V_m)/dt = …`, `d/dt(V_m) = …` */
function findLeibniz(p: ParserState): Leibniz | undefined {
  if (!p.word.startsWith('d')) return undefined;
  const words = Array.from({ length: longestLeibniz }, (_, distance) => p.peekWord(distance));
  const length = words.indexOf('=');
  const pattern = words.slice(0, Math.max(0, length)).join(' ');
  if (/^d\w+ \/ dt$/.test(pattern)) {
    const start = p.token.start + 1;
    return { name: { text: p.word.slice(1), span: { start, end: p.token.end } }, length };
  }
  const place = /^d \/ dt \w+$/.test(pattern)
    ? 3
    : /^d \/ dt \( \w+ \)$/.test(pattern)
      ? 4
      : /^d \( \w+ \) \/ dt$/.test(pattern)
        ? 2
        : undefined;
  return place === undefined
    ? undefined
    : { name: { text: words[place]!, span: spanOf(p.peek(place)) }, length };
}

/** Tokens up to the `=` of a derivative in the notation of Leibniz, and that. */
const longestLeibniz = 7;

/** The derivative in the notation of Leibniz: reported, and read as meant. */
function parseLeibniz(p: ParserState, { name, length }: Leibniz): OdeSyntax {
  const { start } = p.token;
  const { text } = name;
  const span = { start, end: p.peek(length - 1).end };
  const fixes = [{ title: `Write \`${text}'\``, edits: [{ span, text: `${text}'` }] }];
  const what = `\`${p.textOf(span)}\``;
  p.fail('foreign-notation', span, { what, instead: `\`${text}'\`` }, { fixes });
  while (!p.is('=')) p.advance();
  return parseOdeRest(p, start, { kind: 'variable', span, name, order: 1 });
}

/** `V' = … : volt`: other languages give an equation the unit of its variable. */
function failUnitOfEquation(p: ParserState): void {
  const span = { start: p.lastEnd, end: p.peek(p.tokensToLineEnd() - 1).end };
  const fixes = [{ title: 'Remove it', edits: [{ span, text: '' }] }];
  const what = '`:` and a unit behind an equation';
  const instead = 'the unit in the declaration of the variable in `state`';
  p.fail('foreign-notation', spanOf(p.token), { what, instead }, { fixes });
  p.skipLine();
}

function parseOde(p: ParserState): OdeSyntax {
  const { start } = p.token;
  return parseOdeRest(p, start, parseNamedVariable(p, 'the name of a state variable'));
}

function parseOdeRest(p: ParserState, start: number, target: VariableSyntax): OdeSyntax {
  const value = parseDefiningExpression(p);
  p.accept(';');
  const decorators = parseDecorators(p);
  const element = finishElement(p, start);
  if (p.is(':')) failUnitOfEquation(p);
  endLine(p, 'an operator, a decorator, or the end of the line');
  return { kind: 'ode', ...element, target, value, decorators };
}
