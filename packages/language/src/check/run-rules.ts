import type { Report } from '@nestml/diagnostics';
import type { CheckMessages } from '../messages/check-messages.ts';
import type { CheckedModel } from '../model/checked-model.ts';
import type { ModelSyntax } from '../syntax/tree.ts';

export interface RuleSetup {
  readonly report: Report<CheckMessages>;
  readonly isDamaged: boolean;
  readonly hasErrors: () => boolean;
}
export function runRules(_syntax: ModelSyntax, _model: CheckedModel, _setup: RuleSetup): void {}
