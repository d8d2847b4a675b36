import {
  createReport,
  type Diagnostic,
  type Fix,
  lineText,
  positionAt,
  type SourceFile,
  type Span,
} from '@nestml/diagnostics';
import { checkMessages } from '../messages/check-messages.ts';
import { languageMessages } from '../messages/index.ts';
import { nearestName } from '../parse/closest.ts';
import type { CommentSyntax, SyntaxTree } from '../syntax/tree.ts';

/** One code that a comment silences, and where. */
interface Directive {
  readonly code: string;
  readonly place: Span;
  readonly comment: CommentSyntax;
  /** Numbers of the lines, from 1, both inclusive, on which findings must begin. */
  readonly first: number;
  readonly last: number;
}

const form = /^(\s*nestml:\s*)(\w*)\s*(.*)$/;

/** Whether a comment is written for the tools and not for people. */
export function isDirective({ text }: CommentSyntax): boolean {
  return form.test(text);
}

/**
 * The findings that no comment `# nestml: ignore CODE` silences, and those about the directives themselves. Behind a line a directive holds
 * for that line; on its own line for the next one and all that is indented deeper below it.
 */
export function applyDirectives(tree: SyntaxTree, findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const comments = tree.comments.filter(isDirective);
  if (comments.length === 0) return findings;
  const { source } = tree;
  const own: Diagnostic[] = [];
  const directives = comments.flatMap((comment) => readDirectives(comment, source, own));
  const used = new Set<Directive>();
  const left = findings.filter(({ code, span, class: messageClass }) => {
    if (span === undefined || messageClass === 'error') return true;
    const { line } = positionAt(source, span.start);
    const silencing = directives.filter((one) => one.code === code && one.first <= line && line <= one.last);
    for (const directive of silencing) used.add(directive);
    return silencing.length === 0;
  });
  // Behind a mistake of syntax, what a directive was written for may not have been found.
  const isDamaged = tree.diagnostics.some((finding) => finding.class === 'error');
  const unused = isDamaged ? [] : directives.filter((directive) => !used.has(directive));
  const report = createReport(checkMessages, source, own);
  for (const directive of unused) {
    const fixes = [removal(directive, directives, source)];
    report('unused-directive', directive.place, { code: directive.code }, { fixes });
  }
  return [...left, ...own];
}

function readDirectives(
  comment: CommentSyntax,
  source: SourceFile,
  sink: Diagnostic[],
): readonly Directive[] {
  const report = createReport(checkMessages, source, sink);
  const [, head = '', word = '', rest = ''] = form.exec(comment.text) ?? [];
  if (word !== 'ignore') {
    const problem = word === '' ? 'it says nothing' : `\`${word}\` is not known, only \`ignore\``;
    report('invalid-directive', comment.span, { problem, suggestion: undefined });
    return [];
  }
  // The codes end at a reason; `#` and one blank may stand before the text.
  const listStart = comment.span.end - rest.length;
  const codes = [...rest.replace(/--.*$/, '').matchAll(/[^\s,]+/g)];
  if (codes.length === 0) {
    const problem = `the code is missing, as in \`# ${head.trim()} ignore fixed-step\``;
    report('invalid-directive', comment.span, { problem, suggestion: undefined });
  }
  return codes.flatMap(({ 0: code, index }) => {
    const place = { start: listStart + index, end: listStart + index + code.length };
    const problem = problemOf(code);
    if (problem === undefined) return [{ code, place, comment, ...linesOf(comment, source) }];
    const suggestion = nearestName(code, Object.keys(languageMessages));
    const fixes =
      suggestion?.isCertain === true
        ? [{ title: `Write \`${suggestion.name}\``, edits: [{ span: place, text: suggestion.name }] }]
        : [];
    report('invalid-directive', place, { problem, suggestion: suggestion?.name }, { fixes });
    return [];
  });
}

function problemOf(code: string): string | undefined {
  const definition = Object.entries(languageMessages).find(([known]) => known === code)?.[1];
  if (definition === undefined) return `there is no code \`${code}\``;
  return definition.class === 'error' ? `\`${code}\` is an error and cannot be silenced` : undefined;
}

/** Where the directive holds. */
function linesOf(
  { span }: CommentSyntax,
  source: SourceFile,
): { readonly first: number; readonly last: number } {
  const { line } = positionAt(source, span.start);
  if (!isAlone(span, source)) return { first: line, last: line };
  const lastLine = source.lineStarts.length;
  let first = line + 1;
  while (first < lastLine && isEmpty(lineText(source, first))) first += 1;
  const indentation = indentationOf(lineText(source, first));
  let last = first;
  for (let next = first + 1; next <= lastLine; next += 1) {
    const text = lineText(source, next);
    if (isEmpty(text)) continue;
    if (indentationOf(text) <= indentation) break;
    last = next;
  }
  return { first, last };
}

function isAlone({ start }: Span, source: SourceFile): boolean {
  const { line, column } = positionAt(source, start);
  return (
    lineText(source, line)
      .slice(0, column - 1)
      .trim() === ''
  );
}

function isEmpty(line: string): boolean {
  return /^\s*(#|$)/.test(line);
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Removes the code; with the last one, the comment, and with a comment that stands alone, its line. */
function removal({ code, comment, place }: Directive, all: readonly Directive[], source: SourceFile): Fix {
  const others = all.filter((other) => other.comment === comment && other.place !== place);
  if (others.length > 0) {
    const start = Math.min(place.start, ...others.map((other) => other.place.start));
    const end = Math.max(place.end, ...others.map((other) => other.place.end));
    const text = others.map((other) => other.code).join(', ');
    return { title: `Remove \`${code}\``, edits: [{ span: { start, end }, text }] };
  }
  const { span } = comment;
  const { line } = positionAt(source, span.start);
  const lineStart = source.lineStarts[line - 1]!;
  const before = source.text.slice(lineStart, span.start).trimEnd();
  const start = before === '' ? lineStart : lineStart + before.length;
  const end = before === '' ? (source.lineStarts[line] ?? span.end) : span.end;
  return { title: 'Remove the directive', edits: [{ span: { start, end }, text: '' }] };
}
