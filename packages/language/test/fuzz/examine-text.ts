import {
  applyFix,
  applyFixes,
  createSourceFile,
  renderDiagnostics,
  toJson,
  toSarif,
} from '@nestml/diagnostics';
import { readSource } from '../../src/dialects/index.ts';
import { formatSource } from '../../src/format/format-tree.ts';
import { check, dialectByName } from '../../src/index.ts';
import {
  type AnalysedFile,
  analyseFile,
  codeActions,
  completion,
  type DocumentSymbol,
  definition,
  documentSymbols,
  fixAll,
  hover,
  inlayHints,
  prepareRename,
  references,
  rename,
  semanticTokens,
} from '../../src/services/index.ts';
import type { Random } from './random.ts';

/** How much is done with one text. */
export interface Effort {
  /** Offsets at which the services are asked. */
  readonly offsets: number;
  /** Fixes that are applied, each alone. */
  readonly fixes: number;
}

/**
 * Does with a text all that the front end can do, and tests what it promises of any text: places inside the text, fixes that can be applied, tokens
 * that are the text. Throws what it finds wrong.
 */
export function examineText(text: string, random: Random, effort: Effort): void {
  const file = analyseFile(createSourceFile('random.nestml', text));
  examineFindings(file, effort);
  examineViews(file);
  examineOldReading(file, random);
  for (let count = effort.offsets; count > 0; count -= 1)
    examineServices(file, random.below(text.length + 2) - 1);
}

function demand(condition: boolean, promise: string): void {
  if (!condition) throw new Error(`broken promise: ${promise}`);
}

function isInside(
  { source }: AnalysedFile,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  return (
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    0 <= start &&
    start <= end &&
    end <= source.text.length
  );
}

function examineFindings(file: AnalysedFile, { fixes: most }: Effort): void {
  const { source, diagnostics, tree } = file;
  const joined = tree.tokens.map(({ start, end }) => source.text.slice(start, end)).join('');
  demand(joined === source.text, 'the tokens are the text');
  for (const { span, related } of diagnostics) {
    demand(span === undefined || isInside(file, span), 'a finding lies in the text');
    for (const place of related) demand(isInside(file, place.span), 'a related place lies in the text');
  }
  const shown = renderDiagnostics(diagnostics, { color: true, maximum: 20 });
  demand(
    diagnostics.length <= 20 || shown.includes(`and ${diagnostics.length - 20} more`),
    'findings that are not shown are counted',
  );
  JSON.stringify(toJson([{ file: source.name, models: [], diagnostics }]));
  JSON.stringify(toSarif(diagnostics, '0'));
  const fixes = diagnostics.flatMap((diagnostic) => diagnostic.fixes);
  for (const fix of fixes.slice(0, most))
    analyseFile(createSourceFile('fixed.nestml', applyFix(source, fix)));
  applyFixes(source, fixes);
  applyFix(source, fixAll(diagnostics));
}

const versions = ['0.0.3', '2.0', '3.1', '4.0', '5.0', '5.3', '6.0', '8.0', '8.3', 'development'];

/** Reads the text as if it were written in the dialect that it resembles, and in another one. */
function examineOldReading(file: AnalysedFile, random: Random): void {
  for (const dialect of [undefined, dialectByName(random.pick(versions))]) {
    const { tree } = readSource(file.source, dialect);
    for (const { span, fixes } of check(tree).diagnostics) {
      demand(span === undefined || isInside(file, span), 'a finding about an old text lies in it');
      for (const { edits } of fixes)
        for (const edit of edits) demand(isInside(file, edit.span), 'a cure of an old text lies in it');
    }
  }
}

function examineViews(file: AnalysedFile): void {
  let done = 0;
  for (const { span } of semanticTokens(file)) {
    demand(span.start >= done && span.end > span.start, 'coloured tokens are in order');
    done = span.end;
  }
  const visit = ({ span, selection, children }: DocumentSymbol): void => {
    demand(
      isInside(file, span) && span.start <= selection.start && selection.end <= span.end,
      'a symbol contains its name',
    );
    for (const child of children) visit(child);
  };
  for (const symbol of documentSymbols(file.tree)) visit(symbol);
  for (const { offset } of inlayHints(file))
    demand(isInside(file, { start: offset, end: offset }), 'a hint lies in the text');
  codeActions(file, { start: 0, end: file.source.text.length });
  formatSource(file.source);
}

function examineServices(file: AnalysedFile, offset: number): void {
  const shown = hover(file, offset);
  demand(shown === undefined || isInside(file, shown.span), 'a hover lies in the text');
  for (const { selection, span } of definition(file, offset))
    demand(isInside(file, span) && isInside(file, selection), 'a definition lies in the text');
  for (const { span } of references(file, offset))
    demand(isInside(file, span), 'a reference lies in the text');
  demand(isInside(file, completion(file, offset).replaces), 'a completion replaces text');
  if (prepareRename(file, offset) === undefined) return;
  const renamed = rename(file, offset, 'a_new_name');
  if (renamed.ok) applyFix(file.source, { title: 'rename', edits: renamed.edits });
}
