import {
  createDiagnostic,
  createSourceFile,
  type Diagnostic,
  type Fix,
  type SourceFile,
} from '@nestml/diagnostics';
import { dialectMessages } from '../messages/dialects.ts';
import { parse } from '../parse/parser.ts';
import type { SyntaxTree } from '../syntax/tree.ts';
import type { Dialect } from './dialect.ts';
import type { EndProblem } from './ends.ts';
import { recogniseDialect } from './recognise.ts';
import { relocate } from './relocate.ts';
import { type Translation, translate } from './translate.ts';

/** A text in any dialect, read. */
export interface ReadSource {
  /** The tree, with places in the text as it was written; without tokens if the dialect is an old one. */
  readonly tree: SyntaxTree;
  readonly dialect: Dialect;
  /** What the parser of today has read instead of the text; undefined for a current text. */
  readonly translation: Translation | undefined;
}

/**
 * Reads a text in the dialect that is stated, or else recognised. Old texts get the meaning of today; one warning names the dialect and
 * lists what is approximate. Never throws for what a text contains.
 */
export function readSource(source: SourceFile, from?: Dialect): ReadSource {
  const dialect = from ?? recogniseDialect(source.text);
  if (dialect.id === 'current') return { tree: parse(source), dialect, translation: undefined };
  const translation = translate(source.text, dialect);
  const translated = createSourceFile(source.name, translation.map.text);
  const parsed = parse(translated);
  const moved = relocate(
    { comments: parsed.comments, models: parsed.models, diagnostics: parsed.diagnostics },
    translation.map,
    translated,
    source,
  );
  // The parser makes models of lines that belong to none; those have no name.
  const models = moved.models.map((model) => {
    const { start } = model.name.span;
    const own = translation.models.find((span) => span.start < start && start < span.end);
    return { ...model, span: model.name.text === '' ? model.span : (own ?? model.span) };
  });
  const warning = warnOfDialect(source, dialect, translation);
  const tree: SyntaxTree = {
    source,
    tokens: [],
    comments: moved.comments,
    models,
    diagnostics: [
      warning,
      ...translation.problems.map((one) => errorOfEnd(source, one)),
      ...moved.diagnostics,
    ],
  };
  return { tree, dialect, translation };
}

/** The one warning about the dialect, at the word that begins the first model. */
function warnOfDialect(
  source: SourceFile,
  dialect: Dialect,
  { approximations, models }: Translation,
): Diagnostic {
  const start = models[0]?.start ?? 0;
  const word = /^\w+/.exec(source.text.slice(start))?.[0] ?? '';
  const seen = new Set<string>();
  const related = approximations
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .map(({ text, span }) => ({ message: text, span }));
  const place = { source, span: { start, end: start + word.length } };
  const parameters = { dialect: dialect.title, approximate: related.length };
  return createDiagnostic(dialectMessages, 'old-dialect', place, parameters, { related });
}

/** An `end` that is missing, with the line that it should close; or one that closes nothing, with its removal. */
function errorOfEnd(source: SourceFile, problem: EndProblem): Diagnostic {
  const { span } = problem;
  if (problem.kind === 'missing') {
    const related = [{ message: `\`${problem.name}\` begins here`, span: problem.head }];
    return createDiagnostic(
      dialectMessages,
      'missing-end',
      { source, span },
      { name: problem.name },
      { related },
    );
  }
  const fixes: readonly Fix[] = [{ title: 'Remove `end`', edits: [{ span, text: '' }], isGuess: true }];
  return createDiagnostic(dialectMessages, 'superfluous-end', { source, span }, {}, { fixes });
}

/**
 * What is said about an old text: without cures that would write the language of today between lines of the old one, and without `bare-unit`, since
 * units stood alone in all old versions.
 */
export function findingsOfOldText(
  findings: readonly Diagnostic[],
  translation: Translation | undefined,
): readonly Diagnostic[] {
  if (translation === undefined) return findings;
  const fits = ({ edits }: Fix): boolean =>
    edits.every(({ span, text }) => !/[\r\n]/.test(text) && translation.map.isCopied(span));
  return findings
    .filter(({ code }) => code !== 'bare-unit')
    .map((finding) =>
      finding.fixes.every(fits) ? finding : { ...finding, fixes: finding.fixes.filter(fits) },
    );
}
