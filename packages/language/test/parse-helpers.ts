import { createSourceFile, type Diagnostic, positionAt, type SourceFile } from '@nestml/diagnostics';
import { type ExpressionSyntax, parse, parseExpressionText, type SyntaxTree } from '../src/index.ts';

export function source(text: string): SourceFile {
  return createSourceFile('test.nestml', text);
}

export function parseText(text: string): SyntaxTree {
  return parse(source(text));
}

/** `line:column code`, one per finding. */
export function findings(tree: { readonly diagnostics: readonly Diagnostic[] }): string[] {
  return tree.diagnostics.map((diagnostic) => {
    const { line, column } = positionAt(diagnostic.source!, diagnostic.span!.start);
    return `${line}:${column} ${diagnostic.code}`;
  });
}

/** The text with the first fix of the only finding applied. */
export function applyFix(text: string, diagnostics: readonly Diagnostic[]): string {
  const edits = [...(diagnostics[0]?.fixes[0]?.edits ?? [])].sort((a, b) => b.span.start - a.span.start);
  return edits.reduce(
    (result, { span, text: insert }) => result.slice(0, span.start) + insert + result.slice(span.end),
    text,
  );
}

export function expressionOf(text: string): ExpressionSyntax {
  return parseExpressionText(source(text)).expression;
}

/** An expression with every grouping shown by parentheses; literals with unit as `<3 mV>`. */
export function grouped(expression: ExpressionSyntax): string {
  switch (expression.kind) {
    case 'number':
      return expression.unit === undefined ? expression.text : `<${expression.text} ${expression.unit.text}>`;
    case 'boolean':
      return String(expression.value);
    case 'string':
      return `"${expression.value}"`;
    case 'infinity':
      return 'inf';
    case 'missing':
      return '?';
    case 'variable': {
      const index = expression.index === undefined ? '' : `[${grouped(expression.index)}]`;
      return `${expression.name.text}${index}${"'".repeat(expression.order)}`;
    }
    case 'call':
      return `${expression.callee.text}(${expression.arguments.map(grouped).join(', ')})`;
    case 'parenthesised':
      return grouped(expression.inner);
    case 'unary':
      return `(${expression.operator}${grouped(expression.operand)})`;
    case 'not':
      return `(not ${grouped(expression.operand)})`;
    case 'power':
      return `(${grouped(expression.base)} ** ${grouped(expression.exponent)})`;
    case 'sum':
    case 'product': {
      const rest = expression.rest.map(({ operator, operand }) => ` ${operator} ${grouped(operand)}`);
      return `(${grouped(expression.first)}${rest.join('')})`;
    }
    case 'bit':
    case 'comparison':
      return `(${grouped(expression.left)} ${expression.operator} ${grouped(expression.right)})`;
    case 'logical':
      return `(${expression.operands.map(grouped).join(` ${expression.operator} `)})`;
    case 'conditional':
      return `(${grouped(expression.condition)} ? ${grouped(expression.whenTrue)} : ${grouped(expression.whenFalse)})`;
    default:
      return expression satisfies never;
  }
}

/** A model with the state `x` and these lines in `update`. */
export function withUpdate(...lines: string[]): string {
  return [
    'model m:',
    '    state:',
    '        x real = 0',
    '    update:',
    ...lines.map((line) => `        ${line}`),
    '',
  ].join('\n');
}

/** A model with one block. */
export function withBlock(head: string, ...lines: string[]): string {
  return ['model m:', `    ${head}:`, ...lines.map((line) => `        ${line}`), ''].join('\n');
}

export const neuron = `# Leaky integrator with exponential current and absolute refractoriness
model tiny_lif_neuron:
    state:
        V_m mV = E_L            # membrane potential
        r ms = 0 ms           # remaining refractory time
    equations:
        kernel K = exp(-t / tau_s)
        inline I_syn pA = unit * (convolve(K, exc) - convolve(K, inh))
        V_m' = -(V_m - E_L) / tau + (I_syn + I_ext) / C
        r' = -1
    parameters:
        E_L mV = -65 mV
        theta mV = -50 mV
        C pF = 200 pF [[C > 0 pF]]
        tau ms = 15 ms
        tau_s ms = 3 ms
        r_max ms = 2 ms
    internals:
        unit pA = 1 pA
    input:
        exc <- excitatory spike
        inh <- inhibitory spike
        I_ext pA <- continuous
    output:
        spike
    update:
        if r > 0 ms:
            integrate_odes(r)
        else:
            integrate_odes(V_m)
    onCondition(r <= 0 ms and V_m >= theta):
        r = r_max
        V_m = E_L
        emit_spike()
`;

export const synapse = `# Depression on every pre spike proportional to a post trace
model tiny_plastic_synapse:
    state:
        w real = 1
        q real = 0
    parameters:
        tau_q ms = 25 ms
        eta real = 0.01
    equations:
        q' = -q / tau_q
    input:
        pre <- spike
        post <- spike
    output:
        spike
    onReceive(post):
        q += 1
    onReceive(pre):
        w = max(0., w - eta * q)
        emit_spike(w)
    update:
        integrate_odes()
`;
