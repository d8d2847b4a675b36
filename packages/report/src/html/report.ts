import type { Figure } from '../figure.ts';
import type { Formula } from '../math/formula.ts';

/**
 * Everything a report page shows, as plain data. All texts are shown as they are, none is taken for HTML; lists may be
 * empty, and a section without content is left out. Numbers are in the unit that stands beside them.
 */
export interface Report {
  /** Name of the model. */
  readonly title: string;
  /** What it is: `neuron`, `synapse`. */
  readonly kind?: string;
  /** The comment of the model, in the part of reStructuredText that models use: headings, lists, `.. math::`, references. */
  readonly description?: string;
  readonly figures: readonly Figure[];
  readonly summary: readonly SummaryItem[];
  readonly equations: readonly EquationGroup[];
  readonly states: readonly StateRow[];
  readonly parameters: readonly ParameterRow[];
  readonly ports: readonly PortRow[];
  readonly solvers: readonly SolverRow[];
  /** With an error among them, they stand first: the run ended there. */
  readonly messages: readonly ReportMessage[];
  /** What the model printed, in the order of the run. */
  readonly printed?: readonly PrintedLine[];
  readonly source?: ReportSource;
  readonly reproduction?: Reproduction;
}

/** A figure of merit of the run: `mean rate`, 12.5, `Hz`. */
export interface SummaryItem {
  readonly label: string;
  /** Numbers are shown with up to 6 significant digits, NaN as a dash. */
  readonly value: number | string;
  readonly unit?: string;
  /** How it is defined, shown as a tooltip. */
  readonly note?: string;
}

/** Equations of one kind under a heading, such as `Differential equations`. */
export interface EquationGroup {
  readonly title: string;
  readonly equations: readonly Equation[];
}

/** `left = right`. */
export interface Equation {
  readonly left: Formula;
  readonly right: Formula;
  /** The comment beside the equation. */
  readonly description?: string;
}

/** A value of the model: numbers are shown with up to 12 significant digits, texts as they are. */
export type ReportValue = number | string | boolean | readonly number[];

export interface StateRow {
  readonly name: string;
  /** The value before the first step of this run. Marked as changed if it is shown unlike its default. */
  readonly initial: ReportValue;
  readonly default: ReportValue;
  /** Absent or empty for a plain number. */
  readonly unit?: string;
  readonly description?: string;
}

export interface ParameterRow {
  readonly name: string;
  /** The value of this run. A row whose value is shown unlike its default is marked as changed. */
  readonly value: ReportValue;
  readonly default: ReportValue;
  readonly unit?: string;
  /** The condition that the model puts on the value: `tau_m > 0 ms`. */
  readonly constraint?: string;
  readonly description?: string;
}

export interface PortRow {
  readonly name: string;
  readonly direction: 'input' | 'output';
  readonly signal: 'spike' | 'continuous';
  /** `excitatory`, `inhibitory`, `post` and the like. */
  readonly qualifiers?: readonly string[];
  readonly unit?: string;
  /** What the port received in this run: `300 pA from 20 ms to 150 ms`. */
  readonly stimulus?: string;
  readonly description?: string;
}

/** A group of states that one solver advances. */
export interface SolverRow {
  readonly states: readonly string[];
  /** The call that integrates the group, such as `integrate_odes(V_m)`. Absent: every call. */
  readonly integratedBy?: string;
  readonly solver: string;
  /** Code in it stands in backquotes. */
  readonly reason: string;
}

export interface ReportMessage {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  /** Code in it stands in backquotes. */
  readonly message: string;
  /** Line of the model source, from 1. */
  readonly line?: number;
}

/** A line that the model printed. */
export interface PrintedLine {
  /** Beginning of the line, in ms. */
  readonly time: number;
  readonly text: string;
}

export interface ReportSource {
  /** Name of the file, without folders. */
  readonly file: string;
  readonly text: string;
}

/** What another person needs to get the same numbers. */
export interface Reproduction {
  /** Command lines, one or more. */
  readonly commands: readonly string[];
  readonly versions: readonly { readonly name: string; readonly version: string }[];
  /** Further lines, such as the seed or the day of the run. */
  readonly notes?: readonly string[];
}
