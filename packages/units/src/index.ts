export {
  type CanonicalFactor,
  type CanonicalSymbol,
  canonicalFactors,
  canonicalUnit,
} from './canonical-unit.ts';
export {
  type Dimension,
  equalDimensions,
  inverseDimension,
  isNoDimension,
  multiplyDimensions,
  NO_DIMENSION,
  powerDimension,
} from './dimension.ts';
export { dimensionName } from './dimension-name.ts';
export { formatQuantity } from './format-quantity.ts';
export { parseQuantity, type Quantity } from './parse-quantity.ts';
export { parseUnit } from './parse-unit.ts';
export {
  add,
  equals,
  formatRational,
  isExponentInRange,
  isInteger,
  isZero,
  LARGEST_EXPONENT_PART,
  multiply,
  negate,
  type Rational,
  rational,
  rationalFromNumber,
  toNumber,
} from './rational.ts';
export type { Scale } from './scale.ts';
export { adviseOnUnit, isSpellingOf, suggestUnit } from './suggest-unit.ts';
export {
  conversionFactor,
  convert,
  dimensionless,
  divideUnits,
  fromCanonical,
  inverseUnit,
  isDimensionless,
  isPlainNumber,
  isUnitInRange,
  multiplyUnits,
  powerUnit,
  sameDimension,
  sameUnit,
  toCanonical,
  type Unit,
  type UnitFactor,
} from './unit.ts';
export { describeUnitError, type Result, type UnitError, type UnitErrorKind } from './unit-error.ts';
export { allUnitNames, isUnitName, unitByName } from './unit-names.ts';
