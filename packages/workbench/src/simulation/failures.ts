import type { CheckedModel } from '@nestml/language';
import { formatQuantity } from '@nestml/units';
import type { BackendFailure, BackendNotice } from '../backends/backend.ts';
import type { Reporter } from './reporter.ts';
import type { ResolvedRun } from './request.ts';
import { knownUnit, toDeclared } from './values.ts';

/** Reports why a run ended, at the place in the model. */
export function reportFailure(
  model: CheckedModel,
  failure: BackendFailure,
  given: ResolvedRun['values'],
  report: Reporter,
): void {
  const place = { source: model.source, span: failure.span };
  switch (failure.kind) {
    case 'not-finite':
      report('not-finite', { ...stateOf(model, failure), value: nameOfValue(failure.value) }, place);
      return;
    case 'step-too-small':
      report('step-too-small', stateOf(model, failure), place);
      return;
    case 'guard': {
      const { symbol } = failure;
      const guard = model.source.text.slice(failure.span.start, failure.span.end);
      const number = failure.value ?? given.get(symbol);
      const value = typeof number === 'number' ? formatDeclared(number, symbol.type) : 'its value';
      report('guard-violated', { name: symbol.writtenName, guard, value }, place);
      return;
    }
    case 'execution':
      report(
        'execution-failed',
        { model: model.name, reason: failure.reason, time: formatTime(failure.time) },
        place,
      );
      return;
    default:
      failure satisfies never;
  }
}

/** Reports a warning of a run, at the place in the model. */
export function reportNotice(model: CheckedModel, notice: BackendNotice, report: Reporter): void {
  const place = { source: model.source, span: notice.span };
  const time = formatTime(notice.time);
  switch (notice.kind) {
    case 'many-substeps':
      report(
        'many-substeps',
        { model: model.name, substeps: notice.substeps, time, cure: notice.cure },
        place,
      );
      return;
    case 'integrated-twice':
      report('integrated-twice', { model: model.name, variable: notice.variable, time }, place);
      return;
    default:
      notice satisfies never;
  }
}

function stateOf(
  model: CheckedModel,
  failure: Extract<BackendFailure, { kind: 'not-finite' | 'step-too-small' }>,
): { model: string; variable: string; time: string; lastGood: string } {
  const states = model.states.flatMap(({ symbol }) => {
    const value = failure.lastGood.get(symbol.writtenName);
    return value === undefined ? [] : [`${symbol.writtenName} = ${formatDeclared(value, symbol.type)}`];
  });
  const lastGood = states.length === 0 ? 'none' : states.join(', ');
  return { model: model.name, variable: failure.variable, time: formatTime(failure.time), lastGood };
}

function nameOfValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN (not a number)';
  return value > 0 ? 'infinite' : 'minus infinite';
}

function formatTime(milliseconds: number): string {
  return formatQuantity(Number(milliseconds.toPrecision(12)), knownUnit('ms'));
}

function formatDeclared(value: number, type: CheckedModel['states'][number]['symbol']['type']): string {
  const number = Number(toDeclared(value, type).toPrecision(6));
  return type.kind === 'quantity' ? formatQuantity(number, type.unit) : String(number);
}
