import type { Diagnostic, SourceFile } from '@nestml/diagnostics';
import { type CheckOptions, check } from '../check/check.ts';
import type { CheckedModel } from '../model/checked-model.ts';
import { parse } from '../parse/parser.ts';
import type { UnitSyntax } from '../syntax/expressions.ts';
import type { SyntaxTree } from '../syntax/tree.ts';
import { bindModel } from './bind-model.ts';
import type { Binder } from './binder.ts';
import type {
  BodySite,
  BoundModel,
  Definition,
  ExpressionSite,
  LooseName,
  Occurrence,
} from './definitions.ts';
import { sortByPlace, touching } from './sorted-places.ts';

/** The names and expressions of a file, each list in the order of the text. */
export interface FileIndex {
  readonly models: readonly BoundModel[];
  readonly occurrences: readonly Occurrence[];
  /** The places of each definition that is used or declared. */
  readonly uses: ReadonlyMap<Definition, readonly Occurrence[]>;
  readonly loose: readonly LooseName[];
  readonly sites: readonly (ExpressionSite & { readonly span: ExpressionSite['syntax']['span'] })[];
  readonly bodies: readonly BodySite[];
  /** Units as written, in types and behind numbers. */
  readonly units: readonly UnitSyntax[];
}

/** What is known about one text; the services take it. Readonly data: a new text gets a new one. */
export interface AnalysedFile {
  readonly source: SourceFile;
  readonly tree: SyntaxTree;
  /** The models without error. */
  readonly models: readonly CheckedModel[];
  readonly diagnostics: readonly Diagnostic[];
  readonly index: FileIndex;
}

/** Reads, checks and binds a text. Never throws for what the text contains; takes time linear in the text. */
export function analyseFile(source: SourceFile, options: CheckOptions = {}): AnalysedFile {
  const tree = parse(source);
  return { source, tree, ...check(tree, options), index: indexTree(tree) };
}

/** Binds the names of all models of a tree. */
export function indexTree({ source, models }: SyntaxTree): FileIndex {
  const bound = models.map((syntax, index) => {
    const end = models[index + 1]?.span.start ?? source.text.length;
    return bindModel(syntax, { start: syntax.span.start, end }, source);
  });
  const binders = bound.map(({ binder }) => binder);
  const collect = <T>(of: (binder: Binder) => readonly T[]): readonly T[] => binders.flatMap(of);
  const occurrences = sortByPlace(collect((binder) => binder.occurrences));
  const uses = new Map<Definition, Occurrence[]>();
  for (const occurrence of occurrences) {
    const known = uses.get(occurrence.definition);
    if (known === undefined) uses.set(occurrence.definition, [occurrence]);
    else known.push(occurrence);
  }
  const sites = collect((binder) => binder.sites).map((site) => ({ ...site, span: site.syntax.span }));
  return {
    models: bound.map(({ model }) => model),
    occurrences,
    uses,
    loose: sortByPlace(collect((binder) => binder.loose)),
    sites: sortByPlace(sites),
    bodies: collect((binder) => binder.bodies),
    units: sortByPlace(collect((binder) => binder.units)),
  };
}

/** The use of a name that an offset touches. */
export function occurrenceAt({ index }: AnalysedFile, offset: number): Occurrence | undefined {
  return touching(index.occurrences, offset);
}

/** The outermost expression that an offset touches. */
export function siteAt({ sites }: FileIndex, offset: number): FileIndex['sites'][number] | undefined {
  return touching(sites, offset);
}

/** The model whose text contains an offset. */
export function modelAt({ models }: FileIndex, offset: number): BoundModel | undefined {
  return touching(models, offset);
}
