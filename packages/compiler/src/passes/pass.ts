import type { Report } from '@nestml/diagnostics';
import type { Model } from '../ir/model.ts';
import type { compilerMessages } from '../messages/index.ts';

export type CompilerReport = Report<typeof compilerMessages>;

/** A step from a model to an equivalent one. If it reports, the model that it returns is not used. */
export interface Pass {
  /** Verb and object, like the file. */
  readonly name: string;
  /** Why it runs, and why at this place. */
  readonly reason: string;
  readonly run: (model: Model, report: CompilerReport) => Model;
}
