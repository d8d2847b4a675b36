import { type ExpressionNode, type ExpressionSymbol, nodesBelow } from '../src/index.ts';

/** The symbols that occur, each once. */
export function symbolsIn(root: ExpressionNode): ReadonlySet<ExpressionSymbol> {
  return new Set(nodesBelow([root]).flatMap((node) => (node.kind === 'symbol' ? [node.symbol] : [])));
}

/** Whether one of the symbols occurs. */
export function dependsOn(root: ExpressionNode, symbols: ReadonlySet<ExpressionSymbol>): boolean {
  return [...symbolsIn(root)].some((symbol) => symbols.has(symbol));
}
