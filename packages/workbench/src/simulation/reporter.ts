import {
  createDiagnostic,
  type Diagnostic,
  type MessageParameters,
  type ReportExtras,
  type SourceFile,
  type Span,
} from '@nestml/diagnostics';
import { workbenchMessages } from '../messages/index.ts';

/** Reports a finding of the workbench; with a place, in the text of the model. */
export type Reporter = <C extends keyof typeof workbenchMessages>(
  code: C,
  parameters: MessageParameters<typeof workbenchMessages, C>,
  place?: { readonly source: SourceFile; readonly span: Span },
  extras?: ReportExtras,
) => void;

/** A reporter that appends to `sink`. */
export function createReporter(sink: Diagnostic[]): Reporter {
  return (code, parameters, place, extras) => {
    sink.push(createDiagnostic(workbenchMessages, code, place, parameters, extras));
  };
}
