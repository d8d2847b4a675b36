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
export { renderSvg, type SvgOptions } from './svg-plot.ts';
export { type Alignment, renderTable, type Table, type TableColumn, type TableOptions } from './table.ts';
export { renderTerminal, type TerminalOptions } from './terminal-plot.ts';
