import type { Fix, Report, Span } from '@nestml/diagnostics';
import {
  adviseOnUnit,
  describeUnitError,
  isSpellingOf,
  parseUnit,
  type Result,
  suggestUnit,
  type Unit,
} from '@nestml/units';
import type { CheckMessages } from '../messages/check-messages.ts';
import type { ValueType } from '../model/types.ts';
import type { TypeSyntax, UnitSyntax } from '../syntax/expressions.ts';
import { declaredType, ERROR } from './value-types.ts';

/** Reads units, each text once, and reports the unreadable ones. */
export interface UnitReader {
  /** The unit, or undefined after a message. `hint` is appended to the message. */
  readonly read: (unit: UnitSyntax, hint?: string) => Unit | undefined;
}

/** A unit reader with an empty memory. */
export function createUnitReader(report: Report<CheckMessages>): UnitReader {
  const known = new Map<string, Result<Unit>>();
  return {
    read: (syntax, hint = '') => {
      let result = known.get(syntax.text);
      if (result === undefined) {
        result = parseUnit(syntax.text);
        known.set(syntax.text, result);
        if (result.ok) reportUnusual(syntax, report);
      }
      if (result.ok) return result.value;
      reportUnitError(syntax, result.error, hint, report);
      return undefined;
    },
  };
}

/** Pascal, although pA is more usual. */
const usualDespiteCase: ReadonlySet<string> = new Set(['Pa']);

/** Reports a unit that differs from a usual one in case alone. */
function reportUnusual({ span, text }: UnitSyntax, report: Report<CheckMessages>): void {
  const isVerbatim = span.end - span.start === text.length;
  for (const { 0: name, index } of text.matchAll(/[A-Za-z]+/g)) {
    const suggestion = usualDespiteCase.has(name) ? undefined : suggestUnit(name);
    if (suggestion === undefined) continue;
    const place = isVerbatim ? { start: span.start + index, end: span.start + index + name.length } : span;
    const fix: Fix = {
      title: `Write \`${suggestion}\``,
      isGuess: true,
      edits: [{ span: place, text: suggestion }],
    };
    report('unusual-unit', place, { name, suggestion }, { fixes: isVerbatim ? [fix] : [] });
    return;
  }
}

function reportUnitError(
  syntax: UnitSyntax,
  error: Extract<Result<Unit>, { ok: false }>['error'],
  hint: string,
  report: Report<CheckMessages>,
): void {
  const isVerbatim = syntax.span.end - syntax.span.start === syntax.text.length;
  const span: Span = isVerbatim
    ? { start: syntax.span.start + error.start, end: syntax.span.start + error.end }
    : syntax.span;
  if (error.kind !== 'unknown-unit') {
    const isNumerator = error.kind === 'numerator-not-one' && isVerbatim;
    const fixes = isNumerator ? [{ title: 'Write `1`', edits: [{ span, text: '1' }] }] : [];
    report('invalid-unit', span, { explanation: describeUnitError(error) }, { fixes });
    return;
  }
  const suggestion = foreignTypes.get(error.text) ?? error.suggestion;
  // What is short or has an underscore is rather the name of a variable; a near name may mean another value.
  const isName = error.text.length < 2 || error.text.includes('_');
  const isSure =
    foreignTypes.has(error.text) || (!isName && isSpellingOf(error.text, error.suggestion ?? ''));
  const fix: Fix = { title: `Write \`${suggestion}\``, edits: [{ span, text: suggestion ?? '' }] };
  const fixes: readonly Fix[] =
    suggestion !== undefined && isVerbatim ? [isSure ? fix : { ...fix, isGuess: true }] : [];
  const advice = adviseOnUnit(error.text);
  const cure = advice === undefined ? hint : `; ${advice}`;
  report('unknown-unit', span, { name: error.text, suggestion, hint: cure }, { fixes });
}

/** What other languages call the types. */
const foreignTypes: ReadonlyMap<string, string> = new Map([
  ['float', 'real'],
  ['double', 'real'],
  ['int', 'integer'],
  ['bool', 'boolean'],
  ['str', 'string'],
]);

/** The type that is written in a declaration; the error type after a message. */
export function readType(syntax: TypeSyntax, units: UnitReader): ValueType {
  switch (syntax.kind) {
    case 'primitive':
      return { kind: syntax.name };
    case 'unit': {
      const unit = units.read(syntax.unit);
      return unit === undefined ? ERROR : declaredType(unit);
    }
    case 'missing':
      return ERROR;
    default:
      return syntax satisfies never;
  }
}
