import { isUnitName } from '@nestml/units';
import { readParts, writeParts } from '../declaration-words.ts';
import type { Dialect } from '../dialect.ts';
import { joinWords, newWord, newWords, spanOfWords, type Word } from '../old-words.ts';
import { head, type Line, mapBody, plainLine } from '../outline.ts';
import type { OldPort, Step } from '../translation.ts';
import { mentions } from '../words-of-expressions.ts';
import { addToBlock } from './heads.ts';

/** The ports that a model declares, as its dialect means them. */
export function readPorts(model: Line, dialect: Dialect): ReadonlyMap<string, OldPort> {
  const ports = new Map<string, OldPort>();
  for (const block of model.body ?? []) {
    if (head(block) !== 'input') continue;
    for (const line of block.body ?? []) {
      const port = readPort(line, model, dialect);
      if (port !== undefined) ports.set(port.name, port);
    }
  }
  return ports;
}

function readPort(line: Line, model: Line, dialect: Dialect): OldPort | undefined {
  const arrow = line.words.findIndex(({ text }) => text === '<-');
  const [name] = line.words;
  if (arrow < 1 || name === undefined || !isPort(line.words, arrow)) return undefined;
  const right = new Set(line.words.slice(arrow + 1).map(({ text }) => text));
  const signal = right.has('spike') ? 'spike' : 'continuous';
  const type = joinWords(readParts(line.words.slice(0, arrow)).type);
  const isUntyped = type === '';
  const unit =
    signal === 'spike' && dialect.portsHaveUnits && isUntyped ? guessUnit(name.text, model, dialect) : type;
  return {
    name: name.text,
    span: name.span,
    signal,
    unit: unit === 'real' || unit === '' ? undefined : unit,
    isInhibitory: right.has('inhibitory') && !right.has('excitatory'),
    isExcitatory: right.has('excitatory') && !right.has('inhibitory'),
    isPost: right.has('post') || name.text.startsWith('post'),
  };
}

const signals: ReadonlySet<string> = new Set(['spike', 'current', 'continuous']);
const qualifiers: ReadonlySet<string> = new Set(['inhibitory', 'excitatory', 'post', 'pre']);

/** Whether a line is a port and nothing else; one with other words is left to the parser, which reports them. */
function isPort(words: readonly Word[], arrow: number): boolean {
  const left = words.slice(0, arrow);
  const { names, type } = readParts(left);
  const isUnit = type.every(
    (word, at) => isUnitWord(word) && !(at > 0 && isOperand(word) && isOperand(type[at - 1]!)),
  );
  const decorators = words.findIndex(({ text }) => text === '@');
  const right = words.slice(arrow + 1, decorators < 0 ? words.length : decorators);
  const isSignal =
    signals.has(right.at(-1)?.text ?? '') && right.slice(0, -1).every(({ text }) => qualifiers.has(text));
  return names.length === 1 && isUnit && isSignal;
}

function isUnitWord({ kind, text }: Word): boolean {
  if (kind === 'name') return isUnitName(text) || text === 'real' || text === 'integer';
  return kind === 'number' || ['*', '/', '**', '(', ')', '-'].includes(text);
}

function isOperand({ kind }: Word): boolean {
  return kind === 'name' || kind === 'number';
}

/**
 * The unit of a port without type: that of a sum of its convolutions which is declared as such, or nS, which version 3.0 took.
 */
function guessUnit(port: string, model: Line, dialect: Dialect): string {
  const lines = (model.body ?? []).flatMap((block) => block.body ?? []);
  for (const { words } of lines) {
    const { value, type, modifiers } = readParts(words);
    if (value === undefined || modifiers.length === 0 || !mentions(value, port)) continue;
    const isSum = !value.some(({ text }) => ['*', '/', '**', '?'].includes(text));
    if (isSum && type.length > 0) return joinWords(type);
  }
  return unitOfTarget(port, model) ?? (dialect.id === 'A1' ? 'nS' : '');
}

/** The unit of a variable to which the port is added in a statement. */
function unitOfTarget(port: string, model: Line): string | undefined {
  const declared = new Map<string, string>();
  for (const block of model.body ?? []) {
    for (const { words } of block.body ?? []) {
      const { names, type } = readParts(words);
      for (const [name] of names)
        if (name !== undefined && type.length > 0) declared.set(name.text, joinWords(type));
    }
  }
  const statements = (model.body ?? []).filter((block) => !['input', 'equations'].includes(head(block)));
  const reads = statements.flatMap(allLines).filter(({ words }) => words[1]?.text.endsWith('=') === true);
  const read = reads.find(({ words }) => mentions(words.slice(2), port));
  return read === undefined ? undefined : declared.get(head(read));
}

function allLines(line: Line): readonly Line[] {
  return [line, ...(line.body ?? []).flatMap(allLines)];
}

/**
 * Inhibitory ports whose reads change sign: to version 4.0 the inhibitory one of a pair got its weights negative, conductances aside; today
 * they are positive.
 */
export function negatedPorts(
  ports: ReadonlyMap<string, OldPort>,
  model: Line,
  dialect: Dialect,
): ReadonlySet<string> {
  const all = [...ports.values()].filter(({ signal }) => signal === 'spike');
  const inhibitory = all.filter(({ isInhibitory }) => isInhibitory);
  const isPair = inhibitory.length === 1 && all.filter(({ isExcitatory }) => isExcitatory).length === 1;
  if (!dialect.inhibitoryIsNegative || !isPair) return new Set();
  const [{ name, unit }] = inhibitory as [OldPort];
  const lines = (model.body ?? []).flatMap((block) => block.body ?? []);
  const isConductance = lines.some(({ words }) =>
    words.some(
      ({ text }, at) =>
        /^cond_sum$/i.test(text) && words.slice(at, at + 6).some((word) => word.text === name),
    ),
  );
  return unit === 'nS' || isConductance ? new Set() : new Set([name]);
}

/** Writes ports as today: no type on spikes, `continuous` with a type, and those that handlers of slides imply. */
export const rewritePorts: Step = (model, facts) => {
  const rewritten = mapBody(model, (block) =>
    head(block) === 'input' ? [mapBody(block, (line) => [rewritePort(line, facts)])] : [block],
  );
  const missing = (model.body ?? []).flatMap((block): readonly Line[] => {
    const [word, , port] = block.words;
    if (word?.text !== 'onReceive' || port === undefined || facts.ports.has(port.text)) return [];
    const isImplied = port.text === 'pre_spikes' || port.text === 'post_spikes';
    return isImplied ? [plainLine(newWords(`${port.text} <- spike`, word.span, ''))] : [];
  });
  return addToBlock(rewritten, 'input', missing);
};

function rewritePort(line: Line, facts: Parameters<Step>[1]): Line {
  const port = facts.ports.get(head(line));
  const arrow = line.words.findIndex(({ text }) => text === '<-');
  if (port === undefined || arrow < 0 || !isPort(line.words, arrow)) return line;
  const words = withoutDecorators(line, facts);
  const name = sizedName(words.slice(0, arrow));
  const { type } = readParts(words.slice(0, arrow));
  const right = words.slice(arrow + 1);
  const last = right.at(-1);
  const signal =
    last === undefined ? [] : [last.text === port.signal ? last : newWord(port.signal, last.span)];
  if (port.signal === 'continuous') {
    const unit = type.length > 0 ? type : newWords('pA', { start: port.span.end, end: port.span.end });
    return { ...line, words: [...name, ...unit, words[arrow]!, ...signal] };
  }
  const isSigned = port.isInhibitory !== port.isExcitatory;
  const sign = isSigned ? right.filter(({ text }) => /^(in|ex)\w+ory$/.test(text)).slice(0, 1) : [];
  return { ...line, words: [...name, words[arrow]!, ...sign, ...signal] };
}

/** Talks mark ports by decorators; which neuron a port belongs to is an option of the tools. */
function withoutDecorators({ words }: Line, { note }: Parameters<Step>[1]): readonly Word[] {
  const at = words.findIndex(({ text }) => text === '@');
  if (at < 0) return words;
  const written = joinWords(words.slice(at));
  note(
    `\`${written}\` is left out: what sends to a port is said where models are connected`,
    spanOfWords(words.slice(at)),
  );
  return words.slice(0, at);
}

/** `p<n>` of the first version and `p T[n]` become `p[n]`. */
function sizedName(left: readonly Word[]): readonly Word[] {
  return writeParts({ ...readParts(left), type: [] });
}
