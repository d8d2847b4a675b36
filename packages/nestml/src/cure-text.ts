import { applyFixes, type Diagnostic, type Fix } from '@nestml/diagnostics';
import { checkText, type Dialect } from '@nestml/workbench';

/** A fix that was applied. */
export interface AppliedFix {
  readonly code: string;
  readonly title: string;
}

/** A text after its cures. */
export interface CuredText {
  readonly text: string;
  /** In the order in which they were applied. */
  readonly applied: readonly AppliedFix[];
  /** What is left to find. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A fix may uncover the next; after this many rounds something goes in a circle. */
const mostRounds = 20;

/**
 * Applies the cures of all wanted findings that have exactly one certain cure, round after round, until none is left. `diagnostics` are the findings of the
 * text; those of the last round are given back. The dialect is recognised unless it is stated.
 */
export function cureText(
  name: string,
  text: string,
  diagnostics: readonly Diagnostic[],
  isWanted: (finding: Diagnostic) => boolean,
  from?: Dialect,
): CuredText {
  let current: CuredText = { text, diagnostics, applied: [] };
  for (let round = 0; round < mostRounds; round += 1) {
    const next = cureOnce(current, name, isWanted, from);
    if (next === undefined) break;
    current = { ...next, applied: [...current.applied, ...next.applied] };
  }
  return current;
}

/** One round; undefined if there is nothing to apply, or if none of the findings would go away. What they have hidden may appear. */
function cureOnce(
  { diagnostics }: CuredText,
  name: string,
  isWanted: (finding: Diagnostic) => boolean,
  from: Dialect | undefined,
): CuredText | undefined {
  const codes = new Map<Fix, string>();
  for (const finding of diagnostics) {
    const { code, fixes } = finding;
    // Of several cures none is certain, and some say that they are not.
    if (fixes.length === 1 && fixes[0]!.isGuess !== true && isWanted(finding)) codes.set(fixes[0]!, code);
  }
  const source = diagnostics.find(({ fixes }) => fixes.some((fix) => codes.has(fix)))?.source;
  if (source === undefined) return undefined;
  const { text, applied } = applyFixes(source, [...codes.keys()]);
  const checked = checkText(name, text, from);
  const named = applied.map((fix) => ({ code: codes.get(fix)!, title: fix.title }));
  const isBetter = ({ code }: AppliedFix) => count(code, checked.diagnostics) < count(code, diagnostics);
  if (!named.some(isBetter)) return undefined;
  return { text, diagnostics: checked.diagnostics, applied: named };
}

function count(code: string, diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter((finding) => finding.code === code).length;
}
