import type { Kernel } from '../../model/checked-model.ts';
import type { Rule } from './rule.ts';

/** Ports, kernels and functions that the text of the model never mentions again. */
export const unusedDeclarations: Rule = {
  name: 'unused-declarations',
  codes: ['unused-declaration'],
  yieldsToErrors: true,
  listeners: {
    model: ({ ports, kernels, functions, source }, { syntax, report }) => {
      // The text, since statements with a mistake are no part of the model. Texts keep their places `{name}`.
      const text = source.text.slice(syntax.span.start, syntax.span.end).replace(/#.*/g, '');
      const isUnused = ({ name }: { readonly name: string }) => !standsTwice(name, text);
      // A model that uses none of its ports is driven by itself, and has one to be connected at all.
      const isDriven = ports.some((port) => !isUnused(port));
      for (const port of ports) {
        if (isDriven && isUnused(port))
          report('unused-declaration', port.declared, { name: port.name, what: 'port' });
      }
      for (const { symbol } of functions) {
        if (isUnused(symbol))
          report('unused-declaration', symbol.declared, { name: symbol.name, what: 'function' });
      }
      const convolutions = namesIn([...text.matchAll(sumOfSpikes)].join(' '));
      for (const kernel of kernels) {
        const symbols = symbolsOf(kernel);
        if (symbols.some(({ name }) => convolutions.has(name))) continue;
        const { name, declared } = symbols[0]!;
        report('unused-declaration', declared, { name, what: 'kernel' });
      }
    },
  },
};

/** A convolution, under its names in all dialects. */
const sumOfSpikes = /\b(?:convolve|curr_sum|cond_sum|I_sum|Cond_sum)\s*\(([^)]*)\)/g;

function symbolsOf(kernel: Kernel) {
  return kernel.kind === 'ode' ? kernel.components.map(({ symbol }) => symbol) : [kernel.symbol];
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[A-Za-z_$][\w$]*/g));
}

/** Whether the text has the name at two places. */
function standsTwice(name: string, text: string): boolean {
  // A name that is missing stands at every place; that it is missing has been reported.
  if (name === '') return true;
  let places = 0;
  for (let at = text.indexOf(name); at >= 0 && places < 2; at = text.indexOf(name, at + name.length)) {
    const end = at + name.length;
    if (!isOfName(text[at - 1]) && !isOfName(text[end])) places += 1;
  }
  return places > 1;
}

function isOfName(character: string | undefined): boolean {
  return character !== undefined && /[\w$]/.test(character);
}
