import type { Span } from '@nestml/diagnostics';
import type { TypeSyntax } from '../syntax/expressions.ts';
import type { OutputBlockSyntax, PortSyntax } from '../syntax/tree.ts';
import { finishElement, suggestWord } from './lines.ts';
import { parseLostBlock } from './lost-heads.ts';
import { failMisplaced } from './misplaced.ts';
import { parseIndex, parseName } from './operands.ts';
import type { ParserState } from './parser-state.ts';
import { endLine, nextSpan, spanOf } from './recovery.ts';
import { parseType, startsType } from './units.ts';

type Signal = PortSyntax['signal'];

/** `p[n] <- excitatory spike` or `I pA <- continuous`, with its line end. */
export function parsePort(p: ParserState): PortSyntax | undefined {
  if (p.is('spike') && parseLostBlock(p, ['output'])) return undefined;
  const isKeyword = p.kind === 'keyword' && p.peekWord(1) === '<-';
  if (p.kind !== 'name' && !isKeyword) return failMisplaced(p, '`input`');
  const { start } = p.token;
  const name = parseName(p, 'the name of a port');
  const size = parseIndex(p);
  const type = startsType(p) ? parseType(p, name.text) : undefined;
  if (!p.accept('<-')) failArrow(p);
  const qualifiers = parseQualifiers(p);
  const written = parseSignal(p);
  if (p.is('inhibitory') || p.is('excitatory')) failLateQualifier(p);
  const signal = written ?? (type === undefined ? 'spike' : 'continuous');
  const element = finishElement(p, start);
  checkPortType(p, { name, signal, type, qualifiers });
  endLine(p);
  const optional = { ...(size === undefined ? {} : { size }), ...(type === undefined ? {} : { type }) };
  return { kind: 'port', ...element, name, ...optional, signal, qualifiers };
}

function failArrow(p: ParserState): void {
  const span = { start: p.lastEnd, end: p.lastEnd };
  const isSignal = signals.includes(p.word);
  const length = lengthOfWrongArrow(p);
  if (length > 0) {
    const wrong = { start: p.token.start, end: p.peek(length - 1).end };
    const blank = p.lastEnd === p.token.start ? ' ' : '';
    const fixes = [{ title: 'Write `<-`', edits: [{ span: wrong, text: `${blank}<-` }] }];
    p.fail('missing-arrow', wrong, {}, { fixes });
    for (let step = 0; step < length; step += 1) p.advance();
    return;
  }
  const fixes = isSignal ? [{ title: 'Insert `<-`', edits: [{ span, text: ' <-' }] }] : [];
  p.fail('missing-arrow', nextSpan(p), {}, { fixes });
}

const signals: readonly string[] = ['spike', 'continuous', 'inhibitory', 'excitatory'];

/** The number of tokens of what stands in place of the arrow before a signal: `=`, `:`, `->`, `< -`; 0 if there is none. */
function lengthOfWrongArrow(p: ParserState): number {
  const isTwo = (p.is('-') && p.peekWord(1) === '>') || (p.is('<') && p.peekWord(1) === '-');
  const length = isTwo ? 2 : p.is('=') || p.is(':') || p.is('<=') ? 1 : 0;
  return length > 0 && signals.includes(p.peekWord(length)) ? length : 0;
}

/** `spike excitatory` */
function failLateQualifier(p: ParserState): void {
  const [signal, qualifier] = [p.peekWord(-1), p.word];
  const span = { start: p.peek(-1).start, end: p.token.end };
  const text = `${qualifier} ${signal}`;
  const fixes = [{ title: `Write \`${text}\``, edits: [{ span, text }] }];
  const what = `\`${qualifier}\` behind \`${signal}\``;
  p.fail('foreign-notation', span, { what, instead: `\`${text}\`` }, { fixes });
  p.advance();
}

function parseQualifiers(p: ParserState): PortSyntax['qualifiers'] {
  const qualifiers: PortSyntax['qualifiers'][number][] = [];
  while (p.word === 'inhibitory' || p.word === 'excitatory') {
    const name = p.word;
    qualifiers.push({ span: spanOf(p.advance()), name });
  }
  return qualifiers;
}

/** `spike` or `continuous`; also the `current` of old versions. */
function parseSignal(p: ParserState): Signal | undefined {
  const { word } = p;
  if (word === 'spike' || word === 'continuous') {
    p.advance();
    return word;
  }
  if (word === 'current') {
    const today = '`continuous`';
    failOld(p, spanOf(p.token), {
      what: '`current`',
      versions: 'NESTML up to 3.1',
      today,
      replacement: 'continuous',
    });
    p.advance();
    return 'continuous';
  }
  const { suggestion, fixes } = suggestWord(p, ['spike', 'continuous', 'inhibitory', 'excitatory']);
  const expected = suggestion === undefined ? '`spike` or `continuous`' : `\`${suggestion}\``;
  p.fail('unexpected-signal', nextSpan(p), { found: p.word, expected }, { fixes });
  p.skipLine();
  return suggestion === 'continuous' ? 'continuous' : suggestion === undefined ? undefined : 'spike';
}

/** Reports old syntax; `replacement` is the text that takes its place. */
function failOld(p: ParserState, span: Span, old: OldPortSyntax): void {
  const { what, versions, today, replacement, place = span } = old;
  const title = replacement === '' ? 'Remove it' : `Write \`${replacement}\``;
  p.fail(
    'old-syntax',
    span,
    { what, versions, today },
    { fixes: [{ title, edits: [{ span: place, text: replacement }] }] },
  );
}

interface OldPortSyntax {
  readonly what: string;
  readonly versions: string;
  readonly today: string;
  readonly replacement: string;
  /** What is replaced, if it is not what is named. */
  readonly place?: Span;
}

/** A continuous port has a type; a spike port has none since NESTML 6.0. */
function checkPortType(
  p: ParserState,
  {
    name,
    signal,
    type,
    qualifiers,
  }: Pick<PortSyntax, 'name' | 'signal' | 'qualifiers'> & { readonly type: TypeSyntax | undefined },
): void {
  if (signal === 'continuous' && type === undefined) {
    const span = { start: name.span.end, end: name.span.end };
    p.fail('missing-type', span, { owner: name.text, found: '`<-`' });
  }
  if (signal === 'spike' && type !== undefined) {
    const words = [name.text, '<-', ...qualifiers.map((qualifier) => qualifier.name), 'spike'];
    const today = `\`${words.join(' ')}\``;
    const start = p.source.text.slice(0, type.span.start).trimEnd().length;
    failOld(p, type.span, {
      what: 'a type of a spike port',
      versions: 'NESTML 3.0 to 5.3',
      today,
      replacement: '',
      place: { start, end: type.span.end },
    });
  }
}

/** One line of `output`. */
export interface OutputLine {
  readonly signal: Signal | undefined;
}

/** Reads `spike` or `continuous`; a second line is reported. */
export function createOutputReader(): (p: ParserState) => OutputLine | undefined {
  let hasLine = false;
  let hasSecond = false;
  return (p) => {
    if (hasLine && parseLostBlock(p, ['update'])) return undefined;
    if (p.kind === 'keyword' && !p.is('spike') && !p.is('continuous')) return failMisplaced(p, '`output`');
    // A run of lines that belong elsewhere is one mistake.
    if (hasSecond) p.markDamaged();
    else if (hasLine) p.fail('second-output', nextSpan(p), {});
    hasSecond = hasLine;
    const signal = parseSignal(p);
    hasLine ||= signal !== undefined;
    if (p.is('(')) failSpikeAttributes(p);
    endLine(p);
    return { signal };
  };
}

/** `spike(weight real, delay ms)` of NESTML 8.0 to 8.2. */
function failSpikeAttributes(p: ParserState): void {
  const { start } = p.token;
  p.skipLine();
  const old = { what: 'a list of attributes behind `spike`', versions: 'NESTML 8.0 to 8.2' };
  failOld(p, p.spanFrom(start), { ...old, today: '`spike` alone', replacement: '' });
}

/** The signal of an output block, from its lines. */
export function signalOf(lines: readonly OutputLine[]): Pick<OutputBlockSyntax, 'signal'> {
  const signal = lines[0]?.signal;
  return signal === undefined ? {} : { signal };
}
