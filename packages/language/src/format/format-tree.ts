import { createSourceFile, InternalError, type SourceFile } from '@nestml/diagnostics';
import { tokenize } from '../parse/lexer.ts';
import { parse } from '../parse/parser.ts';
import type { Token } from '../syntax/tokens.ts';
import type { SyntaxTree } from '../syntax/tree.ts';
import { formatGap } from './format-gap.ts';
import { formatComment, formatLine } from './format-line.ts';
import { type LineRole, type Roles, readRoles } from './line-roles.ts';
import { type Gap, type LogicalLine, readLines } from './logical-lines.ts';
import { createSpacingContext, type SpacingContext } from './spacing.ts';

/** Blanks of one level of indentation. */
const indent = 4;

/**
 * The text of a file in the one canonical layout. Only white space, line breaks, and blanks at both ends of comments differ from the text of
 * the tree. Logical lines with an error, and those that the parser could make nothing of, stay as they are, and so does what stands
 * directly around them. Idempotent.
 */
export function formatTree(tree: SyntaxTree): string {
  const text = printTree(tree);
  if (isSameSyntax(tree, text)) return text;
  if (tree.diagnostics.some(({ severity }) => severity === 'error')) return tree.source.text;
  throw new InternalError(`the formatter would change the meaning of ${tree.source.name}`);
}

/** As `formatTree`, for a text that has not been parsed. */
export function formatSource(source: SourceFile): string {
  return formatTree(parse(source));
}

/** A logical line and how it is printed. */
interface PlannedLine {
  readonly line: LogicalLine;
  /** Undefined if the line stays as it is. */
  readonly role: LineRole | undefined;
  /** Whether it keeps its indentation. */
  readonly keepsMargin: boolean;
}

function printTree(tree: SyntaxTree): string {
  const { lines, rest } = readLines(tree);
  const roles = readRoles(tree);
  const planned = planLines(tree, lines, roles);
  const context = createSpacingContext(roles);
  const { text } = tree.source;
  let result = '';
  let before: PlannedLine | undefined;
  for (const one of planned) {
    result += `${printGap(text, one.line.gap, before, one)}${printLine(text, one, context)}\n`;
    before = one;
  }
  result += printGap(text, rest, before, undefined);
  return result === '' || result.endsWith('\n') ? result : `${result}\n`;
}

function planLines(tree: SyntaxTree, lines: readonly LogicalLine[], roles: Roles): readonly PlannedLine[] {
  const damaged = damagedLines(tree, lines);
  const withRoles = lines.map((line, index) => ({
    line,
    role: damaged.has(index) ? undefined : roleOf(line, roles),
  }));
  // A line that stays as it is fits only into a model whose other lines keep their indentation, unless it has the canonical one.
  const planned: PlannedLine[] = [];
  for (let begin = 0; begin < lines.length; ) {
    let end = begin + 1;
    while (end < lines.length && lines[end]!.level > 0) end += 1;
    const model = withRoles.slice(begin, end);
    const isMisfit = ({ line, role }: (typeof model)[number]) =>
      role === undefined &&
      tree.source.text.slice(line.lineStart, line.start) !== canonicalMargin(line.level);
    const keepsMargin = model.some(isMisfit);
    for (const one of model) planned.push({ ...one, keepsMargin });
    begin = end;
  }
  return planned;
}

function roleOf({ start }: LogicalLine, { lines, outputs }: Roles): LineRole | undefined {
  const role = lines.get(start);
  if (role !== undefined) return role;
  return outputs.some((span) => span.start < start && start < span.end) ? 'line' : undefined;
}

/** The numbers of the logical lines that touch an error. Both lines and findings are in the order of the text. */
function damagedLines(tree: SyntaxTree, lines: readonly LogicalLine[]): ReadonlySet<number> {
  const damaged = new Set<number>();
  let first = 0;
  for (const { severity, span } of tree.diagnostics) {
    if (severity !== 'error' || span === undefined) continue;
    while (first < lines.length && lines[first]!.end < span.start) first += 1;
    for (let index = first; index < lines.length && lines[index]!.lineStart <= span.end; index += 1)
      damaged.add(index);
  }
  return damaged;
}

function canonicalMargin(level: number): string {
  return ' '.repeat(level * indent);
}

function printLine(text: string, { line, role, keepsMargin }: PlannedLine, context: SpacingContext): string {
  if (role === undefined) return withLineFeeds(text.slice(line.lineStart, line.end));
  const margin = keepsMargin ? text.slice(line.lineStart, line.start) : canonicalMargin(line.level);
  return formatLine(line, role, margin, context);
}

/** Comments and blank lines beside a line that stays as it is stay, too. */
function printGap(
  text: string,
  gap: Gap,
  before: PlannedLine | undefined,
  behind: PlannedLine | undefined,
): string {
  const stays = (line: PlannedLine | undefined) => line !== undefined && line.role === undefined;
  if (gap.hasInvalid || stays(before) || stays(behind)) return withLineFeeds(text.slice(gap.start, gap.end));
  const levelBefore = before?.line.level;
  const role = behind?.role;
  const place = role === undefined ? undefined : { level: behind!.line.level, role };
  return formatGap(gap, { levelBefore, behind: place }, (level, written) => {
    const inside = place !== undefined && place.level > 0 ? behind : before;
    return inside?.keepsMargin === true && level > 0 ? written : canonicalMargin(level);
  });
}

function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** Whether a text has the same tokens and the same comments as a tree, white space aside. */
function isSameSyntax({ source, tokens }: SyntaxTree, text: string): boolean {
  const fresh = tokenize(createSourceFile(source.name, text));
  return (
    isEqual(syntaxOf(source.text, tokens), syntaxOf(text, fresh)) &&
    isEqual(commentsOf(source.text, tokens), commentsOf(text, fresh))
  );
}

/** Kinds and texts of the tokens that carry syntax, ends of lines included. */
function syntaxOf(text: string, tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap(({ kind, start, end }) => {
    switch (kind) {
      case 'whitespace':
      case 'comment':
      case 'continuation':
      case 'blank-line-end':
        return [];
      case 'newline':
        return [kind];
      default:
        return [kind, withLineFeeds(text.slice(start, end))];
    }
  });
}

function commentsOf(text: string, tokens: readonly Token[]): readonly string[] {
  return tokens
    .filter(({ kind }) => kind === 'comment')
    .map(({ start, end }) => formatComment(text.slice(start, end)));
}

function isEqual(first: readonly string[], second: readonly string[]): boolean {
  return first.length === second.length && first.every((word, index) => word === second[index]);
}
