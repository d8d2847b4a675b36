import type { Span } from '@nestml/diagnostics';
import { attachComments } from './attach-comments.ts';
import type { Dialect, DialectId } from './dialect.ts';
import { type EndProblem, modelWords } from './ends.ts';
import { withMarks } from './mark-lines.ts';
import { closingAt, readWords, type Word } from './old-words.ts';
import { head, type Line, mapBody, mapLines, type Outline, placeOf, textOf } from './outline.ts';
import { printOutline } from './print-outline.ts';
import { type EndedLines, readEnded } from './read-ended.ts';
import { readIndented } from './read-indented.ts';
import { createSourceMap, type SourceMap } from './source-map.ts';
import { rewriteAliases } from './steps/aliases.ts';
import { rewriteCalls } from './steps/calls.ts';
import { rewriteDeclarations } from './steps/declarations.ts';
import { dropEmptyBlocks } from './steps/empty-blocks.ts';
import { noteFrozenSteps } from './steps/frozen-steps.ts';
import { rewriteHeads } from './steps/heads.ts';
import { rewriteKernels } from './steps/kernels.ts';
import { negatedPorts, readPorts, rewritePorts } from './steps/ports.ts';
import { rewriteQuantities } from './steps/quantities.ts';
import { renameReservedWords } from './steps/rename-words.ts';
import { declareStepLength, freeName } from './steps/step-length.ts';
import { rewriteSums } from './steps/sums.ts';
import { rewriteSynapse } from './steps/synapses.ts';
import { rewriteVectors } from './steps/vectors.ts';
import type { Approximation, ModelFacts, Step } from './translation.ts';
import { createWordReader } from './word-reader.ts';

/** An old text in the language of today. */
export interface Translation {
  /** The new text and the way back. */
  readonly map: SourceMap;
  /** The new text with a comment above each line that may do something else than the old one. */
  readonly migrated: string;
  /** Where the translation does not keep everything, in the order in which it was found. */
  readonly approximations: readonly Approximation[];
  /** Each `end` that is missing or too many: the text cannot have been meant so. */
  readonly problems: readonly EndProblem[];
  /** The places of the models in the old text, in their order. */
  readonly models: readonly Span[];
}

/** The steps for families before 8, in order. */
const steps: readonly Step[] = [
  // Before words of today are written, so that names are told from them.
  renameReservedWords,
  noteFrozenSteps,
  rewriteVectors,
  // The ports are known from the old text; what reads them comes before their types are dropped.
  rewriteSums,
  rewriteHeads,
  rewritePorts,
  // Behind the merging of blocks, which brings all states together.
  rewriteDeclarations,
  rewriteAliases,
  // Behind the aliases, which may become internals: it comes first of these.
  declareStepLength,
  // Behind the aliases, so that a line `k = …` of the equations is a kernel and nothing else.
  rewriteKernels,
  rewriteCalls,
  rewriteQuantities,
  rewriteSynapse,
  dropEmptyBlocks,
];

/** NESTML 8 differs from today in what a spike carries, and in the unit that a number takes. */
const stepsOfEight: readonly Step[] = [rewriteCalls, dropAttributes, rewriteQuantities];

/** Translates a text; never throws, and what it cannot read it hands on as it is, for the parser to report. */
export function translate(text: string, dialect: Dialect): Translation {
  const old = readWords(text);
  const approximations: Approximation[] = [];
  const list: Listing = {
    note: (message, span) => approximations.push({ text: message, span, isMarked: false }),
    mark: (message, span) => approximations.push({ text: message, span, isMarked: true }),
  };
  const { lines: raw, problems } = readLines(old.words, dialect, list);
  const outline = attachComments(raw, old, text);
  const { lines, left } = mapLines(outline.lines, (line) => translateLine(line, dialect, list));
  const translated: Outline = { lines, closing: [...left, ...outline.closing] };
  const models = raw
    .filter(({ body, words }) => body !== undefined && modelWords.has(words[0]!.text))
    .map(({ words, end }, index, all): Span => {
      const next = all[index + 1]?.words[0]?.span.start ?? text.trimEnd().length;
      return { start: words[0]!.span.start, end: end?.end ?? next };
    });
  const map = createSourceMap(printOutline(translated, text));
  const marks = approximations.filter(({ isMarked }) => isMarked);
  const migrated =
    marks.length === 0
      ? map.text
      : createSourceMap(printOutline(withMarks(translated, marks, text), text)).text;
  return { map, migrated, approximations, problems, models };
}

/** How the steps list what is approximate. */
type Listing = Pick<ModelFacts, 'note' | 'mark'>;

function readLines(words: readonly Word[], dialect: Dialect, { note }: Listing): EndedLines {
  const createReader = () => createWordReader(words, !dialect.newlinesEnd);
  if (dialect.blocks === 'end') return readEnded(createReader);
  const { lines, ends } = readIndented(createReader());
  for (const span of ends) note('`end` is left out: indentation closes the blocks of this text', span);
  return { lines, problems: [] };
}

function translateLine(line: Line, dialect: Dialect, list: Listing): readonly Line[] {
  const { body } = line;
  if (body === undefined && head(line) === 'import') {
    list.mark(`\`${textOf(line)}\` is left out: write what it brings into the model`, placeOf(line));
    return [];
  }
  if (body === undefined || line.words.length < 2 || !modelWords.has(head(line))) return [line];
  const kept = { ...line, body: withoutStructure(body, list) };
  const ports = readPorts(kept, dialect);
  const facts: ModelFacts = {
    dialect,
    kind: head(line) === 'synapse' ? 'synapse' : 'neuron',
    ports,
    negated: negatedPorts(ports, kept, dialect),
    stepName: freeName(kept, 'time_step'),
    ...list,
  };
  noteDoubts(kept, facts);
  const own = dialect.id === 'C1' || dialect.id === 'C2' || dialect.id === 'current' ? stepsOfEight : steps;
  return [own.reduce<Line>((model, step) => step(model, facts), kept)];
}

/** Without the parts of models that are made of others; each of their lines is listed. */
function withoutStructure(body: readonly Line[], { mark }: Listing): readonly Line[] {
  const markLines = (line: Line): void => {
    mark(`\`${textOf(line)}\` is left out: there is nothing like it today`, placeOf(line));
    for (const inner of line.body ?? []) markLines(inner);
  };
  return mapLines(body, (block) => {
    if (!['structure', 'use', 'import'].includes(head(block))) return [block];
    markLines(block);
    return [];
  }).lines;
}

/** What cannot be told from the text: the sign of inhibitory weights. */
function noteDoubts({ words }: Line, { dialect, ports, note }: ModelFacts): void {
  const signed = [...ports.values()].filter(({ isInhibitory, unit }) => isInhibitory && unit !== 'nS');
  const [first] = signed;
  const versions = versionsOfSign[dialect.id];
  if (versions === undefined || dialect.inhibitoryIsNegative || first === undefined || words.length === 0)
    return;
  note(
    `in NESTML 4.0 inhibitory weights came as negative numbers, since 5.0 as positive ones: for a text of ${versions}`,
    first.span,
  );
}

/** Families of which some texts had negative inhibitory weights, and how to have such a text read. */
const versionsOfSign: Readonly<Partial<Record<DialectId, string>>> = {
  A2: '4.0 use `--from 4.0`',
  A2d: '4.0 or before use `--from 4.0` or `--from 3.1`',
};

/** `spike(weight real, delay ms)` under `output`. */
function dropAttributes(model: Line): Line {
  const body = (model.body ?? []).map((block) => {
    if (head(block) !== 'output') return block;
    return mapBody(block, (line) => [withoutAttributes(line)]);
  });
  return { ...model, body };
}

function withoutAttributes(line: Line): Line {
  const { words } = line;
  const isWhole = words[1]?.text === '(' && closingAt(words, 1) === words.length - 1;
  return isWhole ? { ...line, words: words.slice(0, 1) } : line;
}
