import type { Span } from '@nestml/diagnostics';
import { statementsIn } from '../../../ir/traverse.ts';
import type { SolvedModel } from '../../../solved/solved-model.ts';

/** Something that a target cannot do, at its place in the model. */
export interface Limitation {
  /** What the model does, as the end of a sentence: `prints`. */
  readonly what: string;
  readonly span: Span;
}

/** What compiles to WebAssembly, and what does not. */
export const wasmTarget = Object.freeze({
  name: 'wasm',
  /** Places that keep a model from being compiled; none if it can be. */
  limitations: (model: SolvedModel): readonly Limitation[] => {
    const { update, receiveHandlers, conditionHandlers, functions } = model;
    const bodies = [update, ...receiveHandlers, ...conditionHandlers, ...functions].map(({ body }) => body);
    return bodies
      .flatMap(statementsIn)
      .flatMap(({ kind, span }) => (kind === 'print' ? [{ what: 'prints', span }] : []));
  },
});
