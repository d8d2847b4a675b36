import type { Span } from '@nestml/diagnostics';
import { documentationOf } from '../check/documentation.ts';
import type { NameSyntax, TypeSyntax } from '../syntax/expressions.ts';
import type { BlockSyntax, DeclarationSyntax, EquationSyntax, SyntaxTree } from '../syntax/tree.ts';

/** An entry of the outline of a file. */
export interface DocumentSymbol {
  readonly name: string;
  /** Its type or signal; empty without one. */
  readonly detail: string;
  readonly kind:
    | 'model'
    | 'block'
    | 'state'
    | 'parameter'
    | 'internal'
    | 'inline'
    | 'equation'
    | 'kernel'
    | 'port'
    | 'function'
    | 'handler';
  /** The whole element; it contains those of the children. */
  readonly span: Span;
  /** What is marked when it is chosen; inside `span`. */
  readonly selection: Span;
  /** The comment of a declaration. */
  readonly documentation: string;
  readonly children: readonly DocumentSymbol[];
}

/** The outline of a file: models, their blocks, what these declare. Made from the syntax alone. */
export function documentSymbols({
  source,
  models,
}: Pick<SyntaxTree, 'source' | 'models'>): readonly DocumentSymbol[] {
  const textOf = ({ start, end }: Span) => source.text.slice(start, end).replace(/\s+/g, ' ');
  return models.map((model) => ({
    ...symbol('model', model.name.text === '' ? '(no name)' : model.name.text, model.span, model.name.span),
    documentation: documentationOf({ before: model.comments.before }),
    children: model.blocks.map((block) => blockSymbol(block, textOf)),
  }));
}

type TextOf = (span: Span) => string;

function symbol(
  kind: DocumentSymbol['kind'],
  name: string,
  span: Span,
  selection: Span,
  detail = '',
): DocumentSymbol {
  return { name, detail, kind, span, selection, documentation: '', children: [] };
}

function blockSymbol(block: BlockSyntax, textOf: TextOf): DocumentSymbol {
  const { kind, span, keyword } = block;
  const own = (children: readonly DocumentSymbol[] = [], detail = '') => ({
    ...symbol('block', kind, span, keyword, detail),
    children,
  });
  switch (kind) {
    case 'state':
    case 'parameters':
    case 'internals':
      return own(block.declarations.flatMap((declaration) => variableSymbols(declaration, kind, textOf)));
    case 'equations':
      return own(block.entries.flatMap((entry) => equationSymbols(entry, textOf)));
    case 'input':
      return own(
        block.ports.map((port) => ({
          ...symbol('port', nameOf(port.name), port.span, port.name.span, port.signal),
          documentation: documentationOf(port.comments),
        })),
      );
    case 'output':
      return own([], block.signal ?? '');
    case 'update':
      return own();
    case 'function': {
      const detail = block.returnType === undefined ? '' : textOf(block.returnType.span);
      return symbol('function', nameOf(block.name), span, block.name.span, detail);
    }
    case 'onReceive':
      return symbol('handler', `onReceive(${textOf(block.port.span)})`, span, block.port.span);
    case 'onCondition':
      return symbol('handler', `onCondition(${textOf(block.condition.span)})`, span, block.condition.span);
    default:
      return block satisfies never;
  }
}

function nameOf({ text }: NameSyntax): string {
  return text === '' ? '(no name)' : text;
}

function detailOf(type: TypeSyntax, textOf: TextOf): string {
  return type.kind === 'missing' ? '' : textOf(type.span);
}

const kinds = { state: 'state', parameters: 'parameter', internals: 'internal' } as const;

function variableSymbols(
  { variables, type, span, comments }: DeclarationSyntax,
  block: keyof typeof kinds,
  textOf: TextOf,
): readonly DocumentSymbol[] {
  return variables.map((variable) => ({
    ...symbol(
      kinds[block],
      nameOf(variable.name) + "'".repeat(variable.order),
      span,
      variable.name.span,
      detailOf(type, textOf),
    ),
    documentation: documentationOf(comments),
  }));
}

function equationSymbols(entry: EquationSyntax, textOf: TextOf): readonly DocumentSymbol[] {
  const documentation = documentationOf(entry.comments);
  switch (entry.kind) {
    case 'inline': {
      const detail = detailOf(entry.type, textOf);
      return [
        { ...symbol('inline', nameOf(entry.name), entry.span, entry.name.span, detail), documentation },
      ];
    }
    case 'ode': {
      const { target, span } = entry;
      return [
        {
          ...symbol('equation', nameOf(target.name) + "'".repeat(target.order), span, target.name.span),
          documentation,
        },
      ];
    }
    case 'kernel':
      return entry.definitions.map(({ target, span }) => ({
        ...symbol('kernel', nameOf(target.name) + "'".repeat(target.order), span, target.name.span),
        documentation,
      }));
    default:
      return entry satisfies never;
  }
}
