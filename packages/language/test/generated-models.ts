import fc from 'fast-check';

const atoms = fc.constantFrom(
  ...['x', 'V_m', "g'", "g''", 'a[i]', 'a[i + 1]', "a[0]'", 'b[b[1]]', 'inf', 'true', 'False'],
  ...[
    '1',
    '.5',
    '1.',
    '2e-3',
    '10 mV',
    '10mV',
    '3 nS/ms',
    '3 nS / ms',
    '1 ms**-1 * mV ** -1',
    '10 1/s',
    '1 (mV)',
  ],
  ...[
    '2 mV * x',
    '2 uS/cm**2',
    '1 / 2 ms*mV',
    '8.3 J/mol/K',
    '1 ms ** (1/2)',
    'x / ms',
    'x**-2',
    '(-x) ** tau ** 2',
    '2 ** .5',
    '(n)^3',
    '"a { V_m } b"',
    '-1 mV*ms',
  ],
);

function binary(operand: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const operators = [
    '+',
    '-',
    '*',
    '/',
    '//',
    '%',
    ' < ',
    '<=',
    '==',
    '!=',
    '<>',
    '>=',
    '>',
    '&',
    '|',
    '<<',
    '>>',
  ];
  const spaced = fc.constantFrom(
    ...operators,
    ...operators.map((one) => ` ${one} `),
    ' and ',
    ' or ',
    ' *',
    '- ',
  );
  return fc.tuple(operand, spaced, operand).map(([left, operator, right]) => `${left}${operator}${right}`);
}

/** Texts of expressions: everything that the grammar knows, with line-free white space. */
export const expressions: fc.Arbitrary<string> = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true, maxDepth: 5 },
    { weight: 3, arbitrary: atoms },
    { weight: 3, arbitrary: binary(tie('expression')) },
    { weight: 1, arbitrary: tie('expression').map((inner) => `(${inner})`) },
    { weight: 1, arbitrary: tie('expression').map((inner) => `( ${inner} )`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('-', '+', '- ', '~'), atoms)
        .map(([sign, atom]) => `${sign}${atom}`),
    },
    { weight: 1, arbitrary: tie('expression').map((inner) => `not (${inner})`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('f', 'exp', 'convolve', 'max'), fc.array(tie('expression'), { maxLength: 3 }))
        .map(([name, values]) => `${name}(${values.join(',')})`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(atoms, tie('expression'), tie('expression'))
        .map(([condition, yes, no]) => `((${condition}) ? ${yes}:${no})`),
    },
  ),
})).expression;

const comments = fc.constantFrom(
  '',
  '',
  '',
  '  # why',
  ' #why',
  '\t# because  of  this',
  '#',
  ' # a \t',
  ' #### ',
);
const names = fc.constantFrom('x', 'V_m', 'tau', 'a, b', 'w[3]', "g'", 'a[n], b');
const types = fc.constantFrom(
  'real',
  'mV',
  '1/ms',
  'nS / ms',
  '(nS/ms)',
  'mV ** -1',
  'mV**2 / (ms * pA)',
  'integer',
  '1 / (ms*mV)',
);
const decorators = fc.constantFrom(
  '',
  '',
  '',
  ' @homogeneous',
  ' @ mechanism :: channel',
  '@a::b @heterogeneous',
);
const guards = fc.oneof(
  { weight: 2, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: expressions.map((one) => `[[ ${one} ]]`) },
);

const declarations = fc
  .tuple(names, types, fc.option(expressions), guards, decorators, comments)
  .map(([name, type, value, guard, decorator, comment]) => {
    return `${name} ${type}${value === null ? '' : `=${value}`}${guard}${decorator}${comment}`;
  });

const equations = fc.oneof(
  fc
    .tuple(types, expressions, comments)
    .map(([type, value, comment]) => `recordable  inline I ${type} = ${value}${comment}`),
  fc
    .tuple(expressions, decorators, comments)
    .map(([value, last, comment]) => `V_m '=${value} ;${last}${comment}`),
  fc.tuple(expressions, expressions, comments, comments).map(([one, two, first, second]) => {
    return `kernel K' = ${one},${first}\n                       L''=${two}${second}`;
  }),
  fc
    .tuple(expressions, comments)
    .map(([value, comment]) => `kernel K = (${comment}\n                      ${value})`),
);

const ports = fc
  .tuple(
    fc.constantFrom(
      'p<-spike',
      'p [2] <- inhibitory  spike',
      'p<-excitatory spike',
      'I pA<-continuous',
      'J (nS/ms)  <- continuous',
    ),
    comments,
  )
  .map(([port, comment]) => port + comment);

const simpleStatements = fc.oneof(
  declarations,
  fc
    .tuple(
      fc.constantFrom('x', 'a[i]', "g'"),
      fc.constantFrom('=', '+=', '-=', '*=', '/=', '//='),
      expressions,
      comments,
    )
    .map(([target, operator, value, comment]) => `${target}${operator}${value}${comment}`),
  fc.tuple(expressions, comments).map(([value, comment]) => `emit_spike( ${value} )${comment}`),
  fc.tuple(expressions, comments).map(([value, comment]) => `return   ${value}${comment}`),
);

type Lines = readonly string[];

/** Lines with those of a body indented deeper. */
function withBody(head: string, body: Lines): Lines {
  return [head, ...body.map((line) => (line === '' ? '' : `   ${line}`))];
}

const ownLines = fc.constantFrom<Lines>(
  [],
  [],
  [],
  [''],
  ['', ''],
  ['# own line'],
  ['# nestml: ignore fixed-step -- so'],
  ['', '#own', '# line', ''],
  ['      # deeper'],
  ['\\'],
);

/** Lines with comments and empty lines before and between them. */
function spread(lines: fc.Arbitrary<Lines>, maxLength = 4): fc.Arbitrary<Lines> {
  return fc
    .array(fc.tuple(ownLines, lines), { minLength: 1, maxLength })
    .chain((all) => ownLines.map((last) => [...all.flatMap(([own, line]) => [...own, ...line]), ...last]));
}

function oneLine(line: fc.Arbitrary<string>): fc.Arbitrary<Lines> {
  return line.map((text) => text.split('\n'));
}

const statements = fc.letrec<{ statement: Lines }>((tie) => {
  const body = spread(tie('statement'), 3);
  return {
    statement: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      { weight: 5, arbitrary: oneLine(simpleStatements) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(expressions, body, expressions, body, body, comments)
          .map(([first, one, second, two, three, comment]) => [
            ...withBody(`if ${first} :${comment}`, one),
            ...withBody(`elif ${second}:`, two),
            ...withBody(`else :${comment}`, three),
          ]),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(expressions, body)
          .map(([value, lines]) => withBody(`for i in 0...(${value})step -2 :`, lines)),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(expressions, body).map(([value, lines]) => withBody(`while(${value}):`, lines)),
      },
    ),
  };
}).statement;

const blocks: fc.Arbitrary<Lines> = fc.oneof(
  fc
    .tuple(fc.constantFrom('state', 'parameters', 'internals'), spread(oneLine(declarations)), comments)
    .map(([word, lines, comment]) => withBody(`${word} :${comment}`, lines)),
  spread(oneLine(equations)).map((lines) => withBody('equations:', lines)),
  spread(oneLine(ports)).map((lines) => withBody('input:', lines)),
  comments.map((comment) => withBody('output :', [`spike${comment}`])),
  spread(statements).map((lines) => withBody('update:', lines)),
  fc
    .tuple(types, spread(statements))
    .map(([type, lines]) => withBody(`function f( x ${type},y real ) ${type}:`, lines)),
  spread(statements).map((lines) => withBody('onReceive ( p , priority = -1 ):', lines)),
  fc
    .tuple(expressions, spread(statements))
    .map(([value, lines]) => withBody(`onCondition( ${value} ):`, lines)),
);

/** Models that are right in syntax, if not in meaning, with comments and empty lines anywhere. */
export const models: fc.Arbitrary<string> = fc
  .array(fc.tuple(ownLines, comments, spread(blocks, 5)), { minLength: 1, maxLength: 2 })
  .map((all) =>
    all
      .flatMap(([own, comment, lines]) => [...own, ...withBody(`model  m :${comment}`, lines)])
      .concat('')
      .join('\n'),
  );
