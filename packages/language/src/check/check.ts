import { createReport, type Diagnostic, positionAt, type SourceFile, type Span } from '@nestml/diagnostics';
import { checkMessages } from '../messages/check-messages.ts';
import type { CheckedModel } from '../model/checked-model.ts';
import type { ModelSyntax, SyntaxTree } from '../syntax/tree.ts';
import { elaborateModel } from './check-model.ts';
import { withoutGroupings } from './conditionals.ts';
import { applyDirectives } from './directives.ts';
import { withoutGuessedProducts } from './guessed-products.ts';
import { initialisationOrder } from './initialisation-order.ts';
import { proposeTypes } from './missing-types.ts';
import { findDamage, keepRoots } from './root-findings.ts';
import { runRules } from './run-rules.ts';

/** What is found in a file. */
export interface CheckResult {
  /** The models without error, in the order of the file. */
  readonly models: readonly CheckedModel[];
  /** All findings, those of the syntax included, in the order of their places. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface CheckOptions {
  /** Names of models that are synapses although their name does not end in `synapse`. */
  readonly synapseModels?: readonly string[];
}

/** Checks all models of a file: names, types, units and rules. Never throws for what a text contains. */
export function check(tree: SyntaxTree, options: CheckOptions = {}): CheckResult {
  const { source } = tree;
  const diagnostics: Diagnostic[] = [];
  const [above = [], ...within] = splitByModel(tree);
  const syntaxFindings: Diagnostic[] = [...above];
  const damage = findDamage(tree);
  const models: CheckedModel[] = [];
  const seen = new Map<string, Span>();
  tree.models.forEach((syntax, index) => {
    const own: Diagnostic[] = [];
    const report = createReport(checkMessages, source, own);
    const before = seen.get(syntax.name.text);
    if (before === undefined) seen.set(syntax.name.text, syntax.name.span);
    else {
      const related = [{ message: 'the first is here', span: before }];
      report('duplicate-model', syntax.name.span, { name: syntax.name.text }, { related });
    }
    const written = within[index] ?? [];
    const isBroken = written.some(isError);
    const setup = {
      source,
      kind: kindOf(syntax, options),
      report,
      damagedNames: damage.names,
      isDamaged: (place: Span) => damage.lines.has(positionAt(source, place.start).line),
    };
    const draft = elaborateModel(syntax, setup);
    const typed = proposeTypes(withoutGroupings(written, own), syntax, draft);
    for (const finding of withoutGuessedProducts(typed, tree, syntax, draft)) syntaxFindings.push(finding);
    const order = initialisationOrder(draft, report);
    runRules(draft, { syntax, report, isDamaged: isBroken, hasErrors: () => own.some(isError) });
    if (!isBroken && !own.some(isError)) models.push({ ...draft, initialisationOrder: order });
    // Not as arguments of one call: their number is limited.
    const roots = keepRoots(own, source, damage);
    for (const finding of isBroken ? withoutLostName(roots, source) : roots) diagnostics.push(finding);
  });
  const all = applyDirectives(tree, [...syntaxFindings, ...diagnostics]);
  return { models, diagnostics: sortByPlace(all) };
}

function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.class === 'error';
}

/** Codes of errors that a single declaration can cause by losing its name. */
const codesOfLostNames: ReadonlySet<string> = new Set([
  'undefined-name',
  'undefined-function',
  'undeclared-local',
  'missing-state',
  'integrate-argument',
]);

/** Beside a mistake of syntax, a single name that is not declared is the one whose declaration has that mistake. */
function withoutLostName(findings: readonly Diagnostic[], { text }: SourceFile): readonly Diagnostic[] {
  const errors = findings.filter(isError);
  const nameOf = ({ span }: Diagnostic) => text.slice(span?.start, span?.end);
  const isLost = errors.every(
    (error) =>
      codesOfLostNames.has(error.code) &&
      nameOf(error) === nameOf(errors[0]!) &&
      error.fixes.every(({ isGuess }) => isGuess === true || error.code === 'undeclared-local'),
  );
  return isLost ? findings.filter((finding) => !isError(finding)) : findings;
}

function kindOf({ name }: ModelSyntax, { synapseModels = [] }: CheckOptions): 'neuron' | 'synapse' {
  return synapseModels.includes(name.text) || name.text.endsWith('synapse') ? 'synapse' : 'neuron';
}

/** The findings of syntax above the first model, then those from the beginning of each model to the next, in linear time. */
function splitByModel({ diagnostics, models }: SyntaxTree): readonly (readonly Diagnostic[])[] {
  const parts: Diagnostic[][] = [[]];
  for (const finding of diagnostics) {
    const place = finding.span?.start ?? -1;
    for (let next = models[parts.length - 1]; next !== undefined && next.span.start <= place; ) {
      parts.push([]);
      next = models[parts.length - 1];
    }
    parts.at(-1)!.push(finding);
  }
  return parts;
}

function sortByPlace(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const placeOf = ({ span }: Diagnostic) => span?.start ?? -1;
  return [...diagnostics].sort((a, b) => placeOf(a) - placeOf(b));
}
