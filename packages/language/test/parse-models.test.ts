import { describe, expect, test } from 'vitest';
import {
  type BlockSyntax,
  childrenOfSyntax,
  type DeclarationSyntax,
  type ExpressionSyntax,
  type StatementSyntax,
  type SyntaxNode,
  type SyntaxTree,
  visitChildren,
  visitExpressions,
} from '../src/index.ts';
import { findings, grouped, neuron, parseText, synapse, withBlock, withUpdate } from './parse-helpers.ts';

function parseClean(text: string): SyntaxTree {
  const tree = parseText(text);
  expect(findings(tree)).toEqual([]);
  return tree;
}

function blockOf<K extends BlockSyntax['kind']>(text: string, kind: K): BlockSyntax & { readonly kind: K } {
  const block = parseClean(text).models[0]!.blocks.find((candidate) => candidate.kind === kind);
  return block as BlockSyntax & { readonly kind: K };
}

function declarationOf(line: string): DeclarationSyntax {
  return blockOf(withBlock('parameters', line), 'parameters').declarations[0]!;
}

function statementsOf(...lines: string[]): readonly StatementSyntax[] {
  return blockOf(withUpdate(...lines), 'update').body;
}

function show(expression: ExpressionSyntax | undefined): string | undefined {
  return expression === undefined ? undefined : grouped(expression);
}

describe('complete models', () => {
  test('a neuron has its blocks in the order of the file', () => {
    const [model] = parseClean(neuron).models;
    expect(model!.name.text).toBe('tiny_lif_neuron');
    expect(model!.blocks.map(({ kind }) => kind)).toEqual([
      ...['state', 'equations', 'parameters', 'internals', 'input', 'output', 'update', 'onCondition'],
    ]);
  });

  test('several models stand in one file, in any order of blocks', () => {
    const tree = parseClean(`${neuron}\n${synapse}`);
    expect(tree.models.map(({ name, blocks }) => `${name.text} ${blocks.length}`)).toEqual([
      'tiny_lif_neuron 8',
      'tiny_plastic_synapse 8',
    ]);
  });

  test('spans cover models and blocks without comments and line ends', () => {
    const text = parseClean(`${neuron}\n# end\n${synapse}`).source.text;
    const [first] = parseText(text).models;
    expect(text.slice(first!.span.start, first!.span.end)).toMatch(/^model tiny_lif[\s\S]*emit_spike\(\)$/);
    const output = first!.blocks.find(({ kind }) => kind === 'output')!;
    expect(text.slice(output.span.start, output.span.end)).toBe('output:\n        spike');
  });

  test('a tree does not depend on line ends, indentation width, or a final line end', () => {
    const shape = (text: string): string =>
      JSON.stringify(parseClean(text).models, (key, value) =>
        key.toLowerCase().endsWith('span') || key === 'keyword' ? undefined : value,
      );
    const expected = shape(neuron);
    expect(shape(neuron.replaceAll('\n', '\r\n'))).toBe(expected);
    expect(shape(neuron.replaceAll('    ', '\t'))).toBe(expected);
    expect(shape(neuron.trimEnd())).toBe(expected);
  });
});

describe('declarations', () => {
  test('several vectors with type, value, guard and decorators', () => {
    const declaration = declarationOf(
      'recordable a, b[n + 1] mV = 2 mV [[a[b[0]] > 1 mV]] @homogeneous @nest::weight',
    );
    expect(declaration.isRecordable).toBe(true);
    expect(declaration.variables.map(grouped)).toEqual(['a', 'b[(n + 1)]']);
    expect(declaration.type).toMatchObject({ kind: 'unit', unit: { text: 'mV' } });
    expect(show(declaration.value)).toBe('<2 mV>');
    expect(show(declaration.guard)).toBe('(a[b[0]] > <1 mV>)');
    expect(declaration.decorators).toMatchObject([
      { namespace: 'homogeneous' },
      { namespace: 'nest', name: 'weight' },
    ]);
  });

  test.each(['integer', 'real', 'string', 'boolean', 'void'])('the type %s', (name) => {
    expect(declarationOf(`x ${name}`).type).toMatchObject({ kind: 'primitive', name });
  });

  test.each([
    'mV',
    '1/ms',
    'nS/ms',
    '(nS/ms)',
    'ns**(3/2)',
    'ns**-(1/2)',
    'uS**2/ms',
    'pA*(ms*mV)**-1.5',
    '1/(ms*mV)',
    'mV ** +2',
  ])('the unit %s', (unit) => {
    expect(declarationOf(`x ${unit} = 1`).type).toMatchObject({ kind: 'unit', unit: { text: unit } });
    expect(statementsOf(`x ${unit} = 1`)).toMatchObject([{ kind: 'declaration' }]);
  });

  test('primes give the order, a semicolon may end the line', () => {
    const [declaration] = blockOf(withBlock('state', "g'' 1/ms**2 = 0;"), 'state').declarations;
    expect(declaration!.variables).toMatchObject([{ name: { text: 'g' }, order: 2 }]);
  });
});

describe('equations', () => {
  const entries = (...lines: string[]) => blockOf(withBlock('equations', ...lines), 'equations').entries;

  test('inline expressions, equations and kernels', () => {
    const [inline, ode, kernel] = entries(
      'recordable inline I_syn pA = convolve(K, exc) * 1 pA; @mechanism::channel',
      "x[0]'' = -x / tau @a::b",
      'kernel K = delta(t);',
    );
    expect(inline).toMatchObject({
      kind: 'inline',
      isRecordable: true,
      name: { text: 'I_syn' },
      decorators: [{ name: 'channel' }],
    });
    expect(ode).toMatchObject({
      kind: 'ode',
      target: { order: 2 },
      decorators: [{ namespace: 'a', name: 'b' }],
    });
    expect(kernel).toMatchObject({ kind: 'kernel', definitions: [{ target: { name: { text: 'K' } } }] });
  });

  test('a kernel system runs over lines, with the comments behind them', () => {
    const [kernel] = entries("kernel g' = h - g / tau_1, # rise", "  h' = -h / tau_2 # decay");
    expect(kernel).toMatchObject({
      definitions: [{ target: { order: 1 }, comment: { text: 'rise' } }, { target: { name: { text: 'h' } } }],
      comments: { after: { text: 'decay' } },
    });
  });

  test('an equation may run over lines inside brackets or behind a backslash', () => {
    expect(entries("x' = (a +", '    b)', "y' = a + \\", '  b').map(({ kind }) => kind)).toEqual([
      'ode',
      'ode',
    ]);
  });
});

describe('ports', () => {
  test('spike ports with qualifiers and sizes, continuous ports with types', () => {
    const { ports } = blockOf(
      withBlock(
        'input',
        'a <- spike',
        'b[3] <- inhibitory excitatory spike',
        'I pA <- continuous',
        'g (nS/ms) <- continuous',
      ),
      'input',
    );
    expect(ports).toMatchObject([
      { name: { text: 'a' }, signal: 'spike', qualifiers: [] },
      { size: { text: '3' }, qualifiers: [{ name: 'inhibitory' }, { name: 'excitatory' }] },
      { type: { unit: { text: 'pA' } }, signal: 'continuous' },
      { type: { unit: { text: '(nS/ms)' } } },
    ]);
  });

  test.each(['spike', 'continuous'])('the output %s', (signal) => {
    expect(blockOf(withBlock('output', signal), 'output').signal).toBe(signal);
  });
});

describe('functions and handlers', () => {
  test('a function has typed parameters and perhaps a return type', () => {
    const block = blockOf(withBlock('function f(a mV, b 1/ms, c real) pA/ms', 'return a * b'), 'function');
    expect(block).toMatchObject({
      name: { text: 'f' },
      parameters: [{ name: { text: 'a' } }, { type: { unit: { text: '1/ms' } } }, { type: { name: 'real' } }],
      returnType: { unit: { text: 'pA/ms' } },
    });
    expect(blockOf(withBlock('function f()', 'return'), 'function').returnType).toBeUndefined();
  });

  test('handlers have options with literal values', () => {
    const receive = blockOf(
      withBlock('onReceive(post[1], priority=-1, a=true, b="x", c=inf)', 'x = 1'),
      'onReceive',
    );
    expect(grouped(receive.port)).toBe('post[1]');
    expect(receive.options.map(({ name, value }) => `${name.text} ${grouped(value)}`)).toEqual([
      ...['priority (-1)', 'a true', 'b "x"', 'c inf'],
    ]);
    const condition = blockOf(withBlock('onCondition(a > b and c, priority=2)', 'x = 1'), 'onCondition');
    expect(grouped(condition.condition)).toBe('((a > b) and c)');
    expect(condition.options).toHaveLength(1);
  });
});

describe('statements', () => {
  test.each([
    ['x = 1', 'assignment'],
    ["g' += 1", 'assignment'],
    ['x[i + 1] //= 2', 'assignment'],
    ['emit_spike()', 'callStatement'],
    ['println("{x}")', 'callStatement'],
    ['f(a)(b)'.slice(0, 4), 'callStatement'],
    ['y mV = 1 mV', 'declaration'],
    ['y, z real', 'declaration'],
    ['y (nS/ms) = 1 nS/ms', 'declaration'],
    ['y[3] integer = 0', 'declaration'],
    ['return', 'return'],
    ['return x + 1', 'return'],
  ])('%s is of the kind %s', (line, kind) => {
    expect(statementsOf(line)).toMatchObject([{ kind }]);
  });

  test.each(['=', '+=', '-=', '*=', '/=', '//='])('assignment with %s', (operator) => {
    expect(statementsOf(`x ${operator} 2`)).toMatchObject([{ operator }]);
  });

  test('branches and loops contain statements', () => {
    const [branch, count, loop] = statementsOf(
      ...[
        'if a:',
        '    x = 1',
        '    x = 2',
        'elif b:',
        '    x = 3',
        'elif c:',
        '    x = 4',
        'else:',
        '    x = 5',
      ],
      ...[
        'for i in -1 ... n + 1 step -0.5:',
        '    x = 6',
        'while x < 1:',
        '    if a:',
        '        x = 7',
        '    x = 8',
      ],
    );
    expect(branch).toMatchObject({
      kind: 'if',
      branches: [{ body: [{}, {}] }, { body: [{}] }, { body: [{}] }],
      otherwise: { body: [{}] },
    });
    expect(count).toMatchObject({ kind: 'for', variable: { text: 'i' }, step: { value: -0.5 }, body: [{}] });
    expect(loop).toMatchObject({ kind: 'while', body: [{ kind: 'if' }, { kind: 'assignment' }] });
  });
});

describe('comments', () => {
  const text = [
    '# licence',
    '',
    '# title',
    '#  indented',
    '#',
    'model m: # of the model',
    '    # nobody',
    '',
    '    # state, first',
    '    # state, second',
    '    state: # of the block',
    '        # above x',
    '        x real = 0 # behind x',
    '        y real = 1',
    '        # at the end',
    '    update:',
    '        # above if',
    '        if x > 0: # behind if',
    '            x = (1 + # inside',
    '              2) # behind the sum',
    '        # above else',
    '        else: # behind else',
    '            x = 2',
    '    # last',
  ].join('\n');

  test('the unbroken run above an element and the comment behind it belong to it', () => {
    const [model] = parseClean(text).models;
    const texts = ({ before, after }: { before: readonly { text: string }[]; after?: { text: string } }) => [
      before.map((comment) => comment.text),
      after?.text,
    ];
    expect(texts(model!.comments)).toEqual([['title', ' indented', ''], 'of the model']);
    const [state, update] = model!.blocks;
    expect(texts(state!.comments)).toEqual([['state, first', 'state, second'], 'of the block']);
    const [x, y] = state!.kind === 'state' ? state!.declarations : [];
    expect(texts(x!.comments)).toEqual([['above x'], 'behind x']);
    expect(texts(y!.comments)).toEqual([[], undefined]);
    expect(texts(update!.comments)).toEqual([['at the end'], undefined]);
    const [branch] = update!.kind === 'update' ? update!.body : [];
    if (branch?.kind !== 'if') throw new Error('expected a branch');
    expect(texts(branch.comments)).toEqual([['above if'], undefined]);
    expect(texts(branch.branches[0]!.comments)).toEqual([[], 'behind if']);
    expect(texts(branch.branches[0]!.body[0]!.comments)).toEqual([[], 'behind the sum']);
    expect(texts(branch.otherwise!.comments)).toEqual([['above else'], 'behind else']);
  });

  test('every comment is in the list of the tree, attached or not', () => {
    const tree = parseClean(text);
    expect(
      tree.comments.map((comment) => tree.source.text.slice(comment.span.start, comment.span.end)),
    ).toEqual(text.match(/#.*/g));
  });

  test('no comment is attached twice', () => {
    const attached: number[] = [];
    JSON.stringify(parseClean(text).models, (key, value) => {
      if (key === 'before')
        attached.push(...value.map((comment: { span: { start: number } }) => comment.span.start));
      if (key === 'after') attached.push(value.span.start);
      return value;
    });
    expect(attached.length).toBe(new Set(attached).size);
    expect(attached.length).toBe(15);
  });
});

describe('visitors', () => {
  const everything = withBlock('state', 'x real = 0').concat(
    [
      '    equations:',
      "        x' = -x",
      '        inline i real = x + 1',
      '        kernel K = t, L = 2',
    ].join('\n'),
    [
      '',
      '    input:',
      '        p[2] <- spike',
      '    output:',
      '        spike',
      '    function f(a real):',
      '        return a',
    ].join('\n'),
    [
      '',
      '    onReceive(p[1], priority=1):',
      '        f(x)',
      '    onCondition(x > 1 and true or not false):',
      '        x = 1',
    ].join('\n'),
    [
      '',
      '    update:',
      '        while x << 1 < 2:',
      '            for i in 0 ... 3 step 1:',
      '                y real = 3 ? 1 : 2 ** 2 [[y > 0]]',
    ].join('\n'),
    [
      '',
      '        if (x > 1):',
      '            x = inf',
      '        elif false:',
      '            return',
      '        else:',
      '            print("s")',
      '',
    ].join('\n'),
  );

  test('every node of a tree is reached once, in the order of the text', () => {
    const kinds: string[] = [];
    const starts: number[] = [];
    const visit = (node: SyntaxNode): void => {
      kinds.push(node.kind);
      starts.push(node.span.start);
      visitChildren(node, visit);
    };
    visit(parseClean(everything).models[0]!);
    const inTree: string[] = [];
    JSON.stringify(parseText(everything).models, (_, value) => {
      const isNode = typeof value?.kind === 'string' && !['primitive', 'unit'].includes(value.kind);
      if (isNode) inTree.push(value.kind);
      return value;
    });
    expect(kinds.toSorted()).toEqual(inTree.toSorted());
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  });

  test('all expressions are visited, parents first', () => {
    const seen: string[] = [];
    visitExpressions(parseClean(withUpdate('x = f(a + 1)')).models[0]!, (expression) =>
      seen.push(grouped(expression)),
    );
    expect(seen).toEqual(['x', '0', 'x', 'f((a + 1))', '(a + 1)', 'a', '1']);
  });

  test('a literal has no children', () => {
    expect(childrenOfSyntax({ kind: 'infinity', span: { start: 0, end: 3 } })).toEqual([]);
  });
});
