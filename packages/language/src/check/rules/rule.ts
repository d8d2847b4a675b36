import type { Report, Span } from '@nestml/diagnostics';
import type { CheckMessages } from '../../messages/check-messages.ts';
import type {
  ConditionHandler,
  Declaration,
  Equation,
  FunctionDefinition,
  Inline,
  Kernel,
  ReceiveHandler,
} from '../../model/checked-model.ts';
import type { Expression } from '../../model/expressions.ts';
import type { Statement } from '../../model/statements.ts';
import type { ModelSyntax } from '../../syntax/tree.ts';
import type { Region } from '../context.ts';
import type { ModelDraft } from '../model-draft.ts';

type ByKind<T extends { readonly kind: string }> = { readonly [K in T['kind']]: Extract<T, { kind: K }> };

/** What rules can listen to: elements of the model, kinds of statements, kinds of expressions. */
export type RuleNodes = ByKind<Expression> &
  ByKind<Statement> & {
    readonly model: ModelDraft;
    readonly declaration: Declaration;
    readonly inline: Inline;
    readonly equation: Equation;
    readonly kernel: Kernel;
    readonly functionDefinition: FunctionDefinition;
    readonly receiveHandler: ReceiveHandler;
    readonly conditionHandler: ConditionHandler;
  };

/** What a rule knows beside the node. */
export interface RuleContext {
  readonly report: Report<CheckMessages>;
  readonly model: ModelDraft;
  readonly syntax: ModelSyntax;
  /** Where the node stands. */
  readonly region: Region;
}

/**
 * One rule of the language that goes beyond names and types. Rules keep nothing between nodes: a rule that needs the whole
 * model listens to `model`.
 */
export interface Rule {
  readonly name: string;
  readonly codes: readonly (keyof CheckMessages)[];
  /** About what is missing: says nothing if the text has mistakes of syntax, since the missing may be there. */
  readonly needsWholeText?: boolean;
  /** What it finds may follow from other mistakes: silent about a model with any error. */
  readonly yieldsToErrors?: boolean;
  readonly listeners: {
    readonly [K in keyof RuleNodes]?: (node: RuleNodes[K], context: RuleContext) => void;
  };
}

/** A place in words, for messages. */
export function describeRegion(region: Region): string {
  switch (region) {
    case 'state':
    case 'parameter':
    case 'internal':
    case 'increment':
      return 'an initial value';
    case 'guard':
      return 'a guard';
    case 'size':
      return 'the size of a vector';
    case 'inline':
      return 'an inline';
    case 'equation':
      return 'an equation';
    case 'kernel':
      return 'a kernel';
    case 'function':
      return 'a function';
    case 'receive':
      return '`onReceive`';
    case 'trigger':
      return 'the condition of `onCondition`';
    case 'condition':
      return '`onCondition`';
    case 'update':
      return '`update`';
    default:
      return region satisfies never;
  }
}

/** The place of the name of the port in the head of a handler. */
export function placeOfPort(handler: ReceiveHandler, { syntax }: RuleContext): Span {
  // The blocks are in the order of the text.
  let [low, high] = [0, syntax.blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (syntax.blocks[middle]!.span.start < handler.span.start) low = middle + 1;
    else high = middle;
  }
  const block = syntax.blocks[low];
  return block?.kind === 'onReceive' ? block.port.span : handler.span;
}
