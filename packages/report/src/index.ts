export {
  type Axis,
  axisTitle,
  type Domain,
  type Figure,
  type HorizontalLine,
  type Panel,
  type RasterPanel,
  type Samples,
  type Series,
  type SeriesMark,
  type SpikeMarks,
  type SpikePlacement,
  type SpikeTrain,
  type StepSeries,
  type TracePanel,
  timeAxis,
} from './figure.ts';
export type {
  Equation,
  EquationGroup,
  ParameterRow,
  PortRow,
  PrintedLine,
  Report,
  ReportMessage,
  ReportSource,
  ReportValue,
  Reproduction,
  SolverRow,
  StateRow,
  SummaryItem,
} from './html/report.ts';
export {
  type CasesFormula,
  type ChainPart,
  type ComparisonOperator,
  chainOf,
  type Formula,
  type NameFormula,
  type NumberFormula,
  negated,
  type SumFormula,
  type Term,
} from './math/formula.ts';
export { formulaToLatex, type LatexOptions, unitToLatex } from './math/latex.ts';
export { equationToTerminal } from './math/stacked-equation.ts';
export { formulaToText, unitToText } from './math/text-line.ts';
export { renderSvg, type SvgOptions } from './svg-plot.ts';
export { type Alignment, renderTable, type Table, type TableColumn, type TableOptions } from './table.ts';
export { renderTerminal, type TerminalOptions } from './terminal-plot.ts';
