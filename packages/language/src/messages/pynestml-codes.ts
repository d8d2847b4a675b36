/** A message of PyNESTML 9 and what is reported here instead. */
export interface PynestmlCode {
  /** Symbolic name; empty if the message has none that is printed. */
  readonly name: string;
  /** The number that PyNESTML prints. */
  readonly number?: number;
  /** Our codes for the same mistakes. */
  readonly codes: readonly string[];
  /** Where the two differ, or why there is no code. */
  readonly remark?: string;
}

function code(name: string, number: number, codes: string, remark?: string): PynestmlCode {
  const list = codes === '' ? [] : codes.split(' ');
  return { name, number, codes: list, ...(remark === undefined ? {} : { remark }) };
}

const mixed = 'number and quantity side by side: a warning of class `compat`';
const perName = 'once, at the name';

/** The messages of PyNESTML 9.0 about models, by number. */
export const pynestmlCodes: readonly PynestmlCode[] = [
  code('TYPE_NOT_DERIVABLE', 3, '', 'a consequence of another mistake, which alone is reported'),
  code(
    'IMPLICIT_CAST',
    4,
    'implicit-number',
    'conversions of units are exact and silent; numbers beside quantities are `compat`',
  ),
  code(
    'TYPE_DIFFERENT_FROM_EXPECTED',
    6,
    'unit-mismatch missing-unit type-mismatch not-boolean real-to-integer boolean-as-number return-of-value return-without-value',
  ),
  code('NO_VARIABLE_FOUND', 9, 'undefined-name undefined-derivative missing-state'),
  code('VARIABLE_USED_BEFORE_DECLARATION', 16, 'used-before-declaration'),
  code(
    'VARIABLE_DEFINED_RECURSIVELY',
    17,
    'initial-value-cycle used-before-declaration',
    'longer circles too',
  ),
  code('VALUE_ASSIGNED_TO_BUFFER', 18, 'invalid-assignment'),
  code('ARG_NOT_SPIKE_INPUT', 20, 'convolve-arguments'),
  code('NUMERATOR_NOT_ONE', 21, 'invalid-unit'),
  code('ORDER_NOT_DECLARED', 22, 'equation-without-derivative'),
  code('BLOCK_NOT_CORRECT', 24, 'duplicate-block missing-input missing-output missing-spike-output'),
  code('VARIABLE_NOT_IN_STATE_BLOCK', 25, 'missing-state equation-of-no-state'),
  code('WRONG_NUMBER_OF_ARGS', 26, 'argument-count'),
  code('NO_RHS', 27, 'missing-initial-value unexpected-token'),
  code('SEVERAL_LHS', 28, 'missing-type'),
  code('FUNCTION_REDECLARED', 29, 'predefined-name duplicate-name'),
  code('FUNCTION_NOT_DECLARED', 30, 'undefined-function foreign-function'),
  code('NEST_COLLISION', 34, '', 'any name is legal: generated code keeps names apart'),
  code('KERNEL_OUTSIDE_CONVOLVE', 35, 'kernel-outside-convolve'),
  code('NAME_COLLISION', 36, 'duplicate-model-name duplicate-model'),
  code('NO_ASSIGNMENT_ALLOWED', 39, 'invalid-assignment'),
  code('NOT_A_VARIABLE', 40, 'convolve-arguments'),
  code('MULTIPLE_KEYWORDS', 41, 'port-qualifiers'),
  code('VECTOR_IN_NON_VECTOR', 42, 'vector-as-scalar', 'in statements too'),
  code(
    'VARIABLE_REDECLARED',
    43,
    'duplicate-name predefined-name',
    'branches of one `if` may declare the same local',
  ),
  code('SOFT_INCOMPATIBILITY', 44, 'unit-mismatch implicit-number', mixed),
  code('HARD_INCOMPATIBILITY', 45, 'not-comparable chained-comparison'),
  code('NO_RETURN', 46, 'missing-return', 'an `if` without `else` does not count as a return'),
  code('NOT_LAST_STATEMENT', 47, 'unreachable-statement'),
  code('SYMBOL_NOT_RESOLVED', 48, 'undefined-name resolution-misplaced', perName),
  code('TYPE_MISMATCH', 50, 'unit-mismatch operand-type'),
  code('OPERATION_NOT_DEFINED', 56, 'operand-type unit-mismatch'),
  code('', 59, 'invalid-characters unterminated-string', 'mistakes of characters'),
  code(
    '',
    60,
    'unexpected-token',
    'mistakes of grammar: there are some forty codes, from `branch-without-if` to `unopened-bracket`',
  ),
  code(
    'VARIABLE_WITH_SAME_NAME_AS_UNIT',
    62,
    'unit-as-name unit-shadows-variable',
    'single letters are reported only where they are read as units',
  ),
  code('ODE_NEEDS_CONSISTENT_UNITS', 64, 'ode-unit-mismatch', 'the wrong term is named'),
  code('TEMPLATED_ARG_TYPES_INCONSISTENT', 65, 'unit-mismatch missing-unit'),
  code('DELTA_FUNCTION_CANNOT_BE_MIXED', 69, 'delta-misplaced'),
  code('UNKNOWN_TYPE', 70, 'unknown-unit invalid-unit'),
  code('KERNEL_WRONG_TYPE', 72, 'kernel-not-number ode-unit-mismatch'),
  code('KERNEL_IV_WRONG_TYPE', 73, 'derivative-unit'),
  code('EMIT_SPIKE_FUNCTION_BUT_NO_OUTPUT_PORT', 74, 'missing-spike-output'),
  code('STATE_VARIABLES_NOT_INITIALZED', 76, 'missing-initial-value'),
  code(
    'EQUATIONS_DEFINED_BUT_INTEGRATE_ODES_NOT_CALLED',
    77,
    'missing-integrate-odes',
    '`never-integrated` if some equations are integrated',
  ),
  code('VECTOR_PARAMETER_WRONG_BLOCK', 79, 'vector-size-variable'),
  code('VECTOR_PARAMETER_WRONG_TYPE', 80, 'vector-size'),
  code('VECTOR_PARAMETER_WRONG_SIZE', 81, 'vector-size'),
  code('', 82, 'missing-priority', 'a single handler has a priority'),
  code('REPEATED_PRIORITY_VALUE', 83, 'equal-priorities'),
  code('INPUT_PORT_SIZE_NOT_INTEGER', 86, 'vector-size'),
  code('INPUT_PORT_SIZE_NOT_GREATER_THAN_ZERO', 87, 'vector-size'),
  code('INTEGRATE_ODES_WRONG_ARG', 91, 'integrate-argument'),
  code('ASSIGNING_TO_INLINE', 92, 'invalid-assignment', 'recordable inlines too'),
  code('VOID_FUNCTION_ON_RHS', 110, 'void-in-expression'),
  code('NON_CONSTANT_EXPONENT', 111, 'exponent-not-constant', 'parameters are not constant: they can be set'),
  code('RESOLUTION_FUNC_USED', 112, 'fixed-step', 'a note'),
  code('TIMESTEP_FUNCTION_LEGALLY_USED', 113, 'timestep-misplaced'),
  code(
    'RANDOM_FUNCTIONS_LEGALLY_USED',
    113,
    'random-misplaced random-elsewhere',
    'on all targets, but in functions of the model, which may draw here, a lint; printed under the name of the line above',
  ),
  code('INTEGRATE_ODES_ARG_HIGHER_ORDER', 117, 'integrate-argument'),
  code('CONVOLVE_NEEDS_BUFFER_PARAMETER', 127, 'convolve-arguments'),
  code('NOT_ALLOWED_TO_ASSIGN_TO_A_UNIT_TYPE', 130, 'invalid-assignment'),
  code(
    'NO_SOLITARY_PHYSICAL_UNITS',
    132,
    'bare-unit',
    'read as one of the unit, as until NESTML 8: `compat`, with a fix',
  ),
];
