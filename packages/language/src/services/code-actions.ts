import type { Diagnostic, Edit, Fix, Span } from '@nestml/diagnostics';
import type { AnalysedFile } from './analyse-file.ts';
import { overlaps } from './sorted-places.ts';

/** Something that an editor can do for the user at a place. */
export interface CodeAction {
  readonly title: string;
  /** `quickfix` cures one finding, `source.fixAll` all that have a certain cure. */
  readonly kind: 'quickfix' | 'source.fixAll';
  /** The findings that it cures. */
  readonly diagnostics: readonly Diagnostic[];
  readonly edits: readonly Edit[];
  /** The first cure of a finding, unless it is a guess. */
  readonly isPreferred: boolean;
}

/** The cures of the findings at a place, in the order of the text; then, if several are certain, all of them at once. */
export function codeActions(
  { diagnostics }: Pick<AnalysedFile, 'diagnostics'>,
  span: Span,
): readonly CodeAction[] {
  const actions: CodeAction[] = [];
  for (const diagnostic of diagnostics) {
    if (diagnostic.span === undefined || !overlaps(diagnostic.span, span)) continue;
    diagnostic.fixes.forEach(({ title, edits, isGuess }, index) => {
      const isPreferred = index === 0 && isGuess !== true;
      actions.push({ title, kind: 'quickfix', diagnostics: [diagnostic], edits, isPreferred });
    });
  }
  const all = fixAll(diagnostics);
  return actions.length > 0 && all.diagnostics.length > 1 ? [...actions, all] : actions;
}

/** The certain cures of a file that do not stand in each other's way: of each finding the only one. */
export function fixAll(diagnostics: readonly Diagnostic[]): CodeAction {
  const cured: Diagnostic[] = [];
  const edits: Edit[] = [];
  const candidates = diagnostics
    .flatMap((diagnostic) => {
      const fix = certainFix(diagnostic);
      return fix === undefined ? [] : [{ diagnostic, fix, ...extentOf(fix) }];
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
  // One behind the other, with a character between them: what touches may belong together.
  let done = -1;
  for (const { diagnostic, fix, start, end } of candidates) {
    if (start <= done) continue;
    cured.push(diagnostic);
    edits.push(...fix.edits);
    done = end;
  }
  return {
    title: 'Apply all certain fixes',
    kind: 'source.fixAll',
    diagnostics: cured,
    edits,
    isPreferred: false,
  };
}

function certainFix({ fixes }: Diagnostic): Fix | undefined {
  const only = fixes.length === 1 ? fixes[0] : undefined;
  return only === undefined || only.isGuess === true || only.edits.length === 0 ? undefined : only;
}

function extentOf({ edits }: Fix): Span {
  return {
    start: Math.min(...edits.map(({ span }) => span.start)),
    end: Math.max(...edits.map(({ span }) => span.end)),
  };
}
