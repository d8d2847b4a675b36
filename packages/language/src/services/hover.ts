import type { Span } from '@nestml/diagnostics';
import { describeType, writtenType } from '../check/value-types.ts';
import type { ValueType } from '../model/types.ts';
import { type AnalysedFile, modelAt, occurrenceAt, siteAt } from './analyse-file.ts';
import type { Definition, Occurrence } from './definitions.ts';
import { touching } from './sorted-places.ts';
import { pathTo, typeOfDefinition, typeOfExpression } from './types-of.ts';

/** What stands at a place. */
export interface Hover {
  /** The name or the expression. */
  readonly span: Span;
  /** As a line of NESTML: `state V_m mV = E_L`; the text of an expression and its unit. */
  readonly signature: string;
  /** Absent where a type makes no sense or is unknown. */
  readonly type?: ValueType;
  /** The type in words: ``a voltage (`mV`)``; empty if unknown. */
  readonly description: string;
  /** The comment of the declaration; empty without one. */
  readonly documentation: string;
}

/** Longer expressions are not repeated in full. */
const longestText = 80;

/** What stands at an offset: a name with its declaration, or the innermost expression with its unit. */
export function hover(file: AnalysedFile, offset: number): Hover | undefined {
  const occurrence = occurrenceAt(file, offset);
  return occurrence === undefined ? hoverExpression(file, offset) : hoverName(file, occurrence);
}

function hoverName(file: AnalysedFile, { definition, order, span }: Occurrence): Hover {
  const model = modelAt(file.index, span.start);
  const type = typeOfDefinition(definition, order, model);
  const documentation =
    definition.declarations.find((place) => place.order === order)?.documentation ??
    definition.declarations[0]?.documentation ??
    '';
  return {
    span,
    signature: signatureOf(file, definition, order, type),
    ...(isKnown(type) ? { type } : {}),
    description: isKnown(type) ? describeType(type) : '',
    documentation,
  };
}

function isKnown(type: ValueType | undefined): type is ValueType {
  return type !== undefined && type.kind !== 'error' && type.kind !== 'void';
}

const words = {
  model: 'model',
  state: 'state',
  parameter: 'parameter',
  internal: 'internal',
  inline: 'inline',
  kernel: 'kernel',
  port: 'input',
  function: 'function',
  functionParameter: 'function parameter',
  local: 'local',
  constant: 'constant',
  time: 'time',
  predefinedFunction: 'predefined function',
} as const;

/** A definition as one line. */
export function signatureOf(
  file: Pick<AnalysedFile, 'source'>,
  definition: Definition,
  order: number,
  type: ValueType | undefined,
): string {
  const { kind, name, function: called, predefined, declarations } = definition;
  if (predefined !== undefined) return `${words[kind]} ${predefined.signature}`;
  if (called !== undefined) return `function ${functionSignature(called)}`;
  const place = declarations.find((declaration) => declaration.order === order);
  const written = `${name}${"'".repeat(order)}${sizeText(file, definition)}`;
  const declared = place?.type === undefined || place.type.kind === 'missing' ? undefined : place.type;
  const unit = type === undefined ? declared && shortText(file, declared.span) : writtenType(type);
  const value = place?.value === undefined ? '' : ` = ${shortText(file, place.value.span)}`;
  return `${words[kind]} ${written}${unit === undefined ? '' : ` ${unit}`}${value}`;
}

/** The size of a vector in brackets. */
function sizeText(file: Pick<AnalysedFile, 'source'>, { entry }: Definition): string {
  const size = entry?.kind === 'variable' ? entry.orders.get(0)?.size : undefined;
  return size === undefined ? '' : `[${shortText(file, size.span)}]`;
}

/** `name(a mV, b ms) pA`. */
export function functionSignature({
  name,
  parameters,
  returnType,
}: NonNullable<Definition['function']>): string {
  const list = parameters.map((parameter) => `${parameter.name} ${writtenType(parameter.type) ?? '?'}`);
  const result = writtenType(returnType);
  return `${name}(${list.join(', ')})${result === undefined ? '' : ` ${result}`}`;
}

function shortText({ source }: Pick<AnalysedFile, 'source'>, { start, end }: Span): string {
  const text = source.text.slice(start, Math.min(end, start + longestText + 1)).replace(/\s+/g, ' ');
  return text.length > longestText ? `${text.slice(0, longestText - 2)} …` : text;
}

function hoverExpression(file: AnalysedFile, offset: number): Hover | undefined {
  const site = siteAt(file.index, offset);
  if (site === undefined) return hoverUnit(file, offset);
  const innermost = pathTo(site.syntax, offset).at(-1);
  if (innermost === undefined || innermost.kind === 'missing') return undefined;
  const type = typeOfExpression(innermost, site);
  if (!isKnown(type)) return undefined;
  const { span } = innermost;
  const signature = shortText(file, span);
  return { span, signature, type, description: describeType(type), documentation: '' };
}

/** A unit in a declaration: what it measures. */
function hoverUnit(file: AnalysedFile, offset: number): Hover | undefined {
  const written = touching(file.index.units, offset);
  const unit = written === undefined ? undefined : modelAt(file.index, offset)?.context.units.read(written);
  if (written === undefined || unit === undefined) return undefined;
  const type: ValueType = { kind: 'quantity', unit };
  const { span } = written;
  const signature = shortText(file, span);
  return { span, signature, type, description: describeType(type), documentation: '' };
}
