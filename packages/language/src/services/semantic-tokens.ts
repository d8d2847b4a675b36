import { isUnitName } from '@nestml/units';
import { keywords, type Token } from '../syntax/tokens.ts';
import type { AnalysedFile } from './analyse-file.ts';
import type { Definition, DefinitionKind, Occurrence } from './definitions.ts';
import { firstBehind } from './sorted-places.ts';

/** Kinds of tokens by the names that editors know; `event` is an input port. */
export type SemanticTokenType =
  | 'class'
  | 'type'
  | 'variable'
  | 'parameter'
  | 'property'
  | 'event'
  | 'function'
  | 'keyword'
  | 'comment'
  | 'string'
  | 'number'
  | 'operator'
  | 'decorator';

export interface SemanticToken {
  readonly span: { readonly start: number; readonly end: number };
  readonly type: SemanticTokenType;
  readonly modifiers: readonly ('declaration' | 'readonly' | 'modification' | 'defaultLibrary')[];
}

/** The coloured pieces of a text, in its order, without overlaps; names by what they mean. White space and invalid characters have none. */
export function semanticTokens({ source, tree, index }: AnalysedFile): readonly SemanticToken[] {
  const { text } = source;
  const names = new Map(index.occurrences.map((occurrence) => [occurrence.span.start, occurrence]));
  const result: SemanticToken[] = [];
  let isDecorator = false;
  let unit = 0;
  for (const token of tree.tokens) {
    if (token.start === token.end || token.kind === 'newline' || token.kind === 'whitespace') {
      if (token.kind === 'newline') isDecorator = false;
      continue;
    }
    const word = text.slice(token.start, token.end);
    if (token.kind === 'operator' && word === '@') isDecorator = true;
    while (unit < index.units.length && index.units[unit]!.span.end <= token.start) unit += 1;
    const isUnit = (index.units[unit]?.span.start ?? text.length) <= token.start;
    if (token.kind === 'string') pushText(token, index.occurrences, result);
    else {
      const found = tokenType(token, word, isUnit, isDecorator, names.get(token.start));
      if (found !== undefined) result.push({ span: { start: token.start, end: token.end }, ...found });
    }
    if (isDecorator && token.kind === 'operator' && word !== '@' && word !== '::') isDecorator = false;
  }
  return result;
}

type TypeAndModifiers = Pick<SemanticToken, 'type' | 'modifiers'>;

function plain(type: SemanticTokenType): TypeAndModifiers {
  return { type, modifiers: [] };
}

function tokenType(
  { kind }: Token,
  word: string,
  isUnit: boolean,
  isDecorator: boolean,
  occurrence: Occurrence | undefined,
): TypeAndModifiers | undefined {
  switch (kind) {
    case 'comment':
      return plain('comment');
    case 'integer':
    case 'float':
      return plain('number');
    case 'keyword':
      return plain(isPrimitive(word) ? 'type' : 'keyword');
    case 'operator':
      return plain(isDecorator ? 'decorator' : 'operator');
    case 'name':
      if (occurrence !== undefined) return occurrenceType(occurrence);
      if (isDecorator) return plain('decorator');
      return isUnit || isUnitName(word) ? plain('type') : plain('variable');
    default:
      return undefined;
  }
}

function isPrimitive(word: string): boolean {
  return keywords.has(word) && ['integer', 'real', 'string', 'boolean', 'void'].includes(word);
}

const types: Readonly<Record<DefinitionKind, SemanticTokenType>> = {
  model: 'class',
  state: 'variable',
  parameter: 'property',
  internal: 'property',
  inline: 'variable',
  kernel: 'function',
  port: 'event',
  function: 'function',
  functionParameter: 'parameter',
  local: 'variable',
  constant: 'variable',
  time: 'variable',
  predefinedFunction: 'function',
};

const constants: ReadonlySet<DefinitionKind> = new Set([
  'parameter',
  'internal',
  'inline',
  'constant',
  'time',
]);

function occurrenceType({ access, definition }: Occurrence): TypeAndModifiers {
  const modifiers = [
    ...(access === 'declaration' ? (['declaration'] as const) : []),
    ...(access === 'write' ? (['modification'] as const) : []),
    ...(constants.has(definition.kind) ? (['readonly'] as const) : []),
    ...(isPredefined(definition) ? (['defaultLibrary'] as const) : []),
  ];
  return { type: types[definition.kind], modifiers };
}

function isPredefined({ kind }: Definition): boolean {
  return kind === 'constant' || kind === 'time' || kind === 'predefinedFunction';
}

/** A text with the names in its places. */
function pushText({ start, end }: Token, occurrences: readonly Occurrence[], result: SemanticToken[]): void {
  let done = start;
  for (let next = firstBehind(occurrences, start); next < occurrences.length; next += 1) {
    const occurrence = occurrences[next]!;
    if (occurrence.span.end > end) break;
    if (occurrence.span.start > done)
      result.push({ span: { start: done, end: occurrence.span.start }, ...plain('string') });
    result.push({ span: occurrence.span, ...occurrenceType(occurrence) });
    done = occurrence.span.end;
  }
  if (done < end) result.push({ span: { start: done, end }, ...plain('string') });
}
