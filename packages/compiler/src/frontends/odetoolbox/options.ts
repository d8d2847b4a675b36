import type { JsonValue } from './json-text.ts';
import type { OdeOptions } from './problem.ts';
import { itemsOf, membersOf, numberOf, type OdeReport, textOf } from './reading.ts';

/** What ODE-toolbox 3.0 takes without the option. */
export const DEFAULT_OPTIONS: OdeOptions = Object.freeze({
  timeSymbol: 't',
  stepSymbol: '__h',
  orderSuffix: '__d',
  propagatorPrefix: '__P',
  simulationTime: 0.1,
  longestStep: 999,
  absoluteTolerance: 1e-6,
  relativeTolerance: 1e-6,
  forbiddenNames: Object.freeze(['oo', 'zoo', 'nan', 'NaN', '__h']),
});

/** The names that ODE-toolbox gives to options; an option without a property has no meaning here, since nothing is simplified by search. */
const PROPERTIES = Object.freeze({
  input_time_symbol: 'timeSymbol',
  output_timestep_symbol: 'stepSymbol',
  differential_order_symbol: 'orderSuffix',
  propagators_prefix: 'propagatorPrefix',
  sim_time: 'simulationTime',
  max_step_size: 'longestStep',
  integration_accuracy_abs: 'absoluteTolerance',
  integration_accuracy_rel: 'relativeTolerance',
  forbidden_names: 'forbiddenNames',
  simplify_expression: undefined,
  expression_simplification_threshold: undefined,
  use_alternative_expM: undefined,
} as const satisfies Readonly<Record<string, keyof OdeOptions | undefined>>);

/** Reads the options; those that are left out or wrong have their defaults. */
export function readOptions(value: JsonValue | undefined, report: OdeReport): OdeOptions {
  if (value === undefined) return DEFAULT_OPTIONS;
  const members = membersOf(value, '`options`', Object.keys(PROPERTIES), report);
  const given: GivenOptions = {};
  for (const [name, property] of Object.entries(PROPERTIES)) {
    const member = members.get(name);
    if (member === undefined || property === undefined) continue;
    readOption(given, property, member.value, `\`${name}\``, report);
  }
  return { ...DEFAULT_OPTIONS, ...given };
}

type GivenOptions = { -readonly [Name in keyof OdeOptions]?: OdeOptions[Name] };

function readOption(
  given: GivenOptions,
  property: keyof OdeOptions,
  value: JsonValue,
  what: string,
  report: OdeReport,
): void {
  switch (property) {
    case 'timeSymbol':
    case 'stepSymbol':
    case 'propagatorPrefix':
    case 'orderSuffix': {
      const text = nameOf(value, what, report);
      if (text !== undefined) given[property] = text;
      return;
    }
    case 'simulationTime':
    case 'longestStep':
    case 'absoluteTolerance':
    case 'relativeTolerance': {
      const number = numberOf(value, what, 'positive', report);
      if (number !== undefined) given[property] = number;
      return;
    }
    case 'forbiddenNames':
      given.forbiddenNames = itemsOf(value, what, report).flatMap((item) => {
        const text = textOf(item, `Each name of ${what}`, report);
        return text === undefined ? [] : [text.value];
      });
      return;
    default:
      property satisfies never;
  }
}

/** A text that is a name or a part of one. */
function nameOf(value: JsonValue, what: string, report: OdeReport): string | undefined {
  const text = textOf(value, what, report);
  if (text === undefined || /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(text.value)) return text?.value;
  report('ode-form', value.span, { what, expected: 'a name of letters, digits, `_` and `$`' });
  return undefined;
}
