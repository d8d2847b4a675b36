import { type Diagnostic, type Fix, lineText, positionAt, type SourceFile } from '@nestml/diagnostics';
import type { SyntaxTree } from '../syntax/tree.ts';

/** What mistakes of syntax have touched: about that, nothing more is said than the mistake itself. */
export interface Damage {
  /** Numbers of the lines, from 1, with a mistake, and of those that belong to a block whose head has one. */
  readonly lines: ReadonlySet<number>;
  /** Names on those lines; their declarations may be lost. */
  readonly names: ReadonlySet<string>;
}

/** Finds the damage in a file. */
export function findDamage({ source, tokens, diagnostics }: SyntaxTree): Damage {
  const lines = new Set<number>();
  for (const { span, class: messageClass } of diagnostics) {
    if (span === undefined || messageClass !== 'error') continue;
    const last = positionAt(source, span.end).line;
    for (let line = positionAt(source, span.start).line; line <= last; line += 1) lines.add(line);
  }
  if (lines.size > 0)
    for (const { kind, start } of tokens) if (kind === 'invalid') lines.add(positionAt(source, start).line);
  addBlocks(source, lines);
  const names = new Set<string>();
  if (lines.size === 0) return { lines, names };
  for (const { kind, start, end } of tokens) {
    if (kind === 'name' && lines.has(positionAt(source, start).line))
      names.add(source.text.slice(start, end));
  }
  return { lines, names };
}

/** Adds the lines that are indented deeper than a damaged line above them. The line `model …` has no such effect. */
function addBlocks(source: SourceFile, lines: Set<number>): void {
  if (lines.size === 0) return;
  let head = 0;
  for (let line = 1; line <= source.lineStarts.length; line += 1) {
    const text = lineText(source, line);
    if (text.trim() === '') continue;
    const indentation = text.length - text.trimStart().length;
    if (head > 0 && indentation > head) lines.add(line);
    else head = lines.has(line) ? indentation : 0;
  }
}

/** Findings about a name, which are given once for all its uses. */
const codesOfNames: ReadonlySet<string> = new Set([
  'undefined-name',
  'undefined-function',
  'unit-shadows-variable',
  'unknown-unit',
  'integrate-without-equation',
]);

/** Errors that leave a variable without its equation, or a model without its spike, and what is said of that. */
const consequences: readonly { readonly code: string; readonly causes: ReadonlySet<string> }[] = [
  { code: 'integrate-without-equation', causes: new Set(['equation-without-derivative', 'missing-state']) },
  { code: 'integrate-in-handler', causes: new Set(['missing-integrate-odes']) },
  { code: 'convolve-arguments', causes: new Set(['missing-state']) },
  { code: 'never-emits', causes: new Set(['undefined-function', 'foreign-function', 'duplicate-block']) },
];

/**
 * The findings without consequences of others: nothing about damaged lines, and a finding about a name once, at its first use,
 * with the other uses as related places.
 */
export function keepRoots(
  findings: readonly Diagnostic[],
  source: SourceFile,
  damage: Damage,
): readonly Diagnostic[] {
  const isShadowed = new Set(
    findings.filter(({ code }) => code === 'unit-shadows-variable').map((finding) => nameOf(finding, source)),
  );
  const codes = new Set(findings.map(({ code }) => code));
  const unneeded = consequences.filter(({ causes }) => [...causes].some((cause) => codes.has(cause)));
  const explained = new Set(unneeded.map(({ code }) => code));
  const twice = new Set(
    findings.filter(({ code }) => code === 'duplicate-name').map((finding) => nameOf(finding, source)),
  );
  const intact = findings.filter((finding) => {
    // A second `x` may be meant as `x'`.
    if (finding.code === 'missing-state' && twice.has(nameOf(finding, source).replaceAll("'", '')))
      return false;
    if (explained.has(finding.code)) return false;
    // What the name of a unit leads to says more than that it is one.
    if (finding.code === 'unit-as-name' && isShadowed.has(nameOf(finding, source))) return false;
    return finding.span === undefined || !damage.lines.has(positionAt(source, finding.span.start).line);
  });
  const uses = new Map<string, Diagnostic[]>();
  for (const finding of intact) {
    if (!codesOfNames.has(finding.code)) continue;
    const name = `${finding.code} ${nameOf(finding, source)}`;
    const others = uses.get(name);
    if (others === undefined) uses.set(name, [finding]);
    else others.push(finding);
  }
  const merged = [...uses.values()].map(mergeUses);
  return withoutOuter([...intact.filter(({ code }) => !codesOfNames.has(code)), ...merged]);
}

/** Codes of findings that follow from one of the same code, or of another, inside. */
const causesInside: ReadonlyMap<string, string> = new Map([
  ['implicit-number', 'implicit-number'],
  ['unit-mismatch', 'unusual-unit'],
]);

/**
 * The findings, in the order of their places, without those that follow from another inside: a sum with a plain number is used as a number.
 * An unusual unit in a value that does not fit is the cure of that.
 */
function withoutOuter(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = [...findings].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  const dropped = new Set<Diagnostic>();
  const kept = sorted.map((outer, index) => {
    const wanted = causesInside.get(outer.code);
    if (wanted === undefined || outer.span === undefined) return outer;
    for (let next = index - 1; next >= 0 && sorted[next]!.span?.start === outer.span.start; next -= 1) {
      if (isCause(sorted[next]!, outer, wanted)) return absorb(outer, sorted[next]!, dropped);
    }
    for (
      let next = index + 1;
      next < sorted.length && (sorted[next]!.span?.start ?? 0) < outer.span.end;
      next += 1
    ) {
      if (isCause(sorted[next]!, outer, wanted)) return absorb(outer, sorted[next]!, dropped);
    }
    return outer;
  });
  return kept.filter((finding, index) => !dropped.has(finding) && !dropped.has(sorted[index]!));
}

function isCause(inner: Diagnostic, { span: outer }: Diagnostic, code: string): boolean {
  const { span } = inner;
  if (inner.code !== code || span === undefined || outer === undefined) return false;
  return (
    outer.start <= span.start && span.end <= outer.end && span.end - span.start < outer.end - outer.start
  );
}

/** One finding of the two: the inner one, or, if that is about an unusual unit, the outer one with its cure. */
function absorb(outer: Diagnostic, inner: Diagnostic, dropped: Set<Diagnostic>): Diagnostic {
  if (inner.code === outer.code) {
    dropped.add(outer);
    return outer;
  }
  dropped.add(inner);
  return outer.fixes.length > 0 ? outer : { ...outer, fixes: inner.fixes };
}

function nameOf({ span }: Diagnostic, source: SourceFile): string {
  return span === undefined ? '' : source.text.slice(span.start, span.end);
}

/** Longer lists of further uses do not help. */
const mostRelated = 3;

function mergeUses(findings: readonly Diagnostic[]): Diagnostic {
  const [first, ...others] = [...findings].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  const related = others
    .slice(0, mostRelated)
    .flatMap(({ span }) => (span === undefined ? [] : [{ message: 'it is used here too', span }]));
  return { ...first!, related: [...first!.related, ...related], fixes: mergeFixes(findings) };
}

/** The cure of all uses at once, if each has one and they are alike. */
function mergeFixes(findings: readonly Diagnostic[]): readonly Fix[] {
  const all = findings.flatMap(({ fixes }) => fixes);
  const [first] = all;
  const isCommon = all.length === findings.length && all.every(({ title }) => title === first?.title);
  if (first === undefined || !isCommon) return findings.length === 1 ? all : [];
  return [{ ...first, edits: all.flatMap(({ edits }) => edits) }];
}
