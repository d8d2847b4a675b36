import type { Span } from '@nestml/diagnostics';
import type { Dialect } from './dialect.ts';
import type { Line } from './outline.ts';

/** A rule of the translation that does not keep what the old text did in every case, or leaves something to the author. */
export interface Approximation {
  readonly text: string;
  readonly span: Span;
  /** Whether the migrated text says so in a comment, since what it does may differ from what the old text did. */
  readonly isMarked: boolean;
}

/** A port as the old text declares it. */
export interface OldPort {
  readonly name: string;
  readonly span: Span;
  readonly signal: 'spike' | 'continuous';
  /** The unit in which the port counts; undefined for plain numbers. */
  readonly unit: string | undefined;
  readonly isInhibitory: boolean;
  readonly isExcitatory: boolean;
  /** Marked `post`, or with a name that begins so. */
  readonly isPost: boolean;
}

/** What the steps of the translation of one model share. */
export interface ModelFacts {
  readonly dialect: Dialect;
  readonly kind: 'neuron' | 'synapse';
  readonly ports: ReadonlyMap<string, OldPort>;
  /** Ports whose reads change their sign, since they receive positive weights today. */
  readonly negated: ReadonlySet<string>;
  /** What the length of a step is called where equations need it; no other name of the model. */
  readonly stepName: string;
  /** Lists a place with the warning. */
  readonly note: (text: string, span: Span) => void;
  /** Lists a place with the warning, and in a comment of the migrated text. */
  readonly mark: (text: string, span: Span) => void;
}

/** One step of the translation of a model. */
export type Step = (model: Line, facts: ModelFacts) => Line;
