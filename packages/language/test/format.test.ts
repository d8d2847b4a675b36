import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { codesOf, expectFaithful, formatted, treeOf } from './format-support.ts';

/** Lines as one text. */
function lines(...all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}

/** The lines of one block after formatting a model that has only this block. */
function block(head: string, ...body: readonly string[]): readonly string[] {
  const text = lines('model m:', `  ${head}`, ...body.map((line) => (line === '' ? '' : `    ${line}`)));
  const result = expectFaithful(text).split('\n');
  expect(result.slice(0, 2)).toEqual(['model m:', `    ${head}`]);
  return result.slice(2, -1).map((line) => line.replace(/^ {8}/, ''));
}

/** The value of an equation after formatting. */
function expression(text: string): string {
  const [line = ''] = block('equations:', `x' = ${text}`);
  return line.replace("x' = ", '');
}

describe('expressions', () => {
  test.each([
    ['a+b-c*d/e//f%g', 'a + b - c * d / e // f % g'],
    ['- a ** - 2 * (  - b )', '-a**-2 * (-b)'],
    ['a - -b + ~ n', 'a - -b + ~n'],
    ['f( a,b )+g ()', 'f(a, b) + g()'],
    ['(a<b)and not(c>=d)or e<>f', '(a < b) and not (c >= d) or e <> f'],
    ['a? b:c', 'a ? b : c'],
    ["v [ i+1 ] + g  ''", "v[i + 1] + g''"],
    ['a&b|c^d<<2>>1', 'a & b | c ^ d << 2 >> 1'],
    ['f ( "a  b {x}" )', 'f("a  b {x}")'],
    ['inf-inf', 'inf - inf'],
  ])('%s', (written, expected) => {
    expect(expression(written)).toBe(expected);
  });
});

describe('units', () => {
  test.each([
    ['10mV', '10 mV'],
    ['3 nS / ms', '3 nS/ms'],
    ['1 ms ** - 1 * mV ** ( 1 / 2 )', '1 ms**-1*mV**(1/2)'],
    ['10 1 / s', '10 1/s'],
    ['1 ( mV )', '1 (mV)'],
    ['8.3 J / mol / K * T', '8.3 J/mol/K * T'],
    ['2 mV*q / 3 ms', '2 mV * q / 3 ms'],
    ['1/2 ms*mV', '1 / 2 ms*mV'],
    ['q/ms', 'q / ms'],
  ])('of numbers: %s', (written, expected) => {
    expect(expression(written)).toBe(expected);
  });

  test('a name that the model declares is a variable', () => {
    const text = lines('model m:', '    state:', '        ms real = 3 mV/ms');
    expect(formatted(text)).toContain('ms real = 3 mV / ms\n');
  });

  test('of types', () => {
    expect(block('state:', 'a (nS / ms)= 1 nS / ms', "g ' 1 / ms=0 1/ms", 'b mV ** 2 / ( ms*pA )')).toEqual([
      'a (nS/ms) = 1 nS/ms',
      "g' 1/ms = 0 1/ms",
      'b mV**2/(ms*pA)',
    ]);
  });
});

describe('lines of blocks', () => {
  test('declarations with sizes, guards and decorators', () => {
    expect(block('parameters:', 'a [ n ] ,b real=1 [[ a [ 0 ]>0 ]] @homogeneous', 'c mV@a :: b')).toEqual([
      'a[n], b real = 1 [[a[0] > 0]] @homogeneous',
      'c mV @a::b',
    ]);
  });

  test('ports', () => {
    expect(block('input:', 'p[ 2 ]<-inhibitory   spike', 'I   pA<-continuous')).toEqual([
      'p[2] <- inhibitory spike',
      'I pA <- continuous',
    ]);
  });

  test('the equations of a kernel stand below each other', () => {
    expect(
      block(
        'equations:',
        "kernel g' = h-g/tau,   # first",
        '# second',
        "h'=-h/tau, i'=-i ;  # last",
        'inline j real=1',
      ),
    ).toEqual([
      "kernel g' = h - g / tau,  # first",
      '       # second',
      "       h' = -h / tau,",
      "       i' = -i;  # last",
      'inline j real = 1',
    ]);
  });

  test('heads and statements', () => {
    const text = lines(
      'model m:',
      ' function f ( x real,y mV )( nS/ms ) :',
      '   return x',
      ' onReceive ( p,priority = - 1 ):',
      '   for i in 0...n step  - 2:',
      '     while(i>0) :',
      '       x//=2',
      '   if a:',
      '     emit_spike ( )',
      '   elif(b):',
      '     return',
      '   else :',
      '     y mV=1 mV',
    );
    expect(expectFaithful(text)).toBe(
      lines(
        'model m:',
        '    function f(x real, y mV) (nS/ms):',
        '        return x',
        '',
        '    onReceive(p, priority=-1):',
        '        for i in 0 ... n step -2:',
        '            while (i > 0):',
        '                x //= 2',
        '        if a:',
        '            emit_spike()',
        '        elif (b):',
        '            return',
        '        else:',
        '            y mV = 1 mV',
      ),
    );
  });
});

describe('comments', () => {
  test('behind rows begin at stops, elsewhere two blanks behind the line', () => {
    const rows = ['x real = 1 # one', `y${'z'.repeat(60)} real = 1 # two`];
    expect(block('state:', ...rows)).toEqual([
      `x real = 1${' '.repeat(39)}# one`,
      `y${'z'.repeat(60)} real = 1${' '.repeat(11)}# two`,
    ]);
    expect(block('update:', 'x = 1       # one')).toEqual(['x = 1  # one']);
  });

  test('that are long stay at the stop of their neighbours', () => {
    const long = `# ${'c'.repeat(110)}`;
    expect(block('state:', 'x real # one', `y real ${long}`)).toEqual([
      `x real${' '.repeat(43)}# one`,
      `y real${' '.repeat(43)}${long}`,
    ]);
  });

  test('keep their text, but for a missing blank behind the sign and blanks at the end', () => {
    expect(block('state:', '#one  two \t', '#', '#### head', '#- list', 'x real')).toEqual([
      '# one  two',
      '#',
      '#### head',
      '#- list',
      'x real',
    ]);
  });

  test('on lines of their own stay with the block in which they stand', () => {
    const text = lines(
      '#page',
      'model m:',
      '  #first',
      '  state:',
      '  # shallow',
      '    x real',
      '    # y real',
      '  # next',
      '  update:',
      '    if x>0:',
      '      x = 1',
      '      # inside',
      '    # outside',
      '    x = 2',
      '    #last',
      '#rest',
    );
    expect(formatted(text)).toBe(
      lines(
        '# page',
        'model m:',
        '    # first',
        '    state:',
        '        # shallow',
        '        x real',
        '        # y real',
        '',
        '    # next',
        '    update:',
        '        if x > 0:',
        '            x = 1',
        '            # inside',
        '        # outside',
        '        x = 2',
        '        # last',
        '# rest',
      ),
    );
  });

  test('that run into the documentation of a function are not cut off from it', () => {
    const text = lines(
      'model m:',
      '    state:',
      '        x real',
      '        # y',
      '    function f():',
      '        return',
    );
    expect(expectFaithful(text)).toBe(text);
  });

  test('inside brackets keep their line breaks', () => {
    expect(block('equations:', "x' = f(a,# one", '       # two', '   b   # three', '      )')).toEqual([
      "x' = f(a,  # one",
      '        # two',
      '        b  # three',
      '        )',
    ]);
  });

  test('behind a backslash move to a line of their own', () => {
    expect(block('update:', 'x = 1 \\', '# one', 'x = 2')).toEqual(['x = 1', '# one', 'x = 2']);
  });
});

describe('long lines', () => {
  const long = 'a_rather_long_name';

  test('are joined if they fit, with the backslash left out', () => {
    expect(block('equations:', "x' = a + \\", '  b + (c', '    + d)')).toEqual(["x' = a + b + (c + d)"]);
  });

  test('are broken with a backslash, where that tears apart the least', () => {
    const product = `${long} * (${long} + ${long})`;
    expect(block('equations:', `x' = ${product} + ${product} - ${product}`)).toEqual([
      `x' = ${product} \\`,
      `        + ${product} \\`,
      `        - ${product}`,
    ]);
    const call = `f(${Array.from({ length: 6 }, () => long).join(', ')})`;
    expect(block('update:', call)).toEqual([
      `f(${Array.from({ length: 5 }, () => long).join(', ')}, \\`,
      `        ${long})`,
    ]);
  });

  test('keep their breaks if a comment for the tools holds for one of them', () => {
    const condition = Array.from({ length: 8 }, () => long).join(' + ');
    expect(block('update:', `x = ${condition}  # nestml: ignore fixed-step`)).toHaveLength(1);
    expect(block('update:', 'x = a + \\', 'b # nestml: ignore fixed-step')).toEqual([
      'x = a + \\',
      '        b  # nestml: ignore fixed-step',
    ]);
  });
});

describe('white space', () => {
  test('one blank line stands between blocks and models, none at either end', () => {
    const text = lines(
      ...[
        '',
        '',
        '# a',
        '',
        '',
        'model a:',
        '',
        '    state:',
        '',
        '        x real',
        '',
        '',
        '        y real',
        '',
      ],
      ...['    output:', '        spike', '# b', 'model b:', '    output:', '        spike', '', ''],
    );
    expect(expectFaithful(text)).toBe(
      lines(
        ...['# a', '', 'model a:', '    state:', '        x real', '', '        y real', ''],
        ...['    output:', '        spike', '', '# b', 'model b:', '    output:', '        spike'],
      ),
    );
  });

  test('tabs, other line ends and a missing last line end', () => {
    const text = 'model m:\r\n\tstate:\r\n\t\tx\treal = 1\t\r\r\n\t\ty real  ';
    expect(expectFaithful(text)).toBe(
      lines('model m:', '    state:', '        x real = 1', '', '        y real'),
    );
  });

  test('an empty text stays empty, comments alone are kept', () => {
    expect(['', '\n\n', '#a\n\n\n#b'].map(formatted)).toEqual(['', '', '# a\n\n# b\n']);
  });
});

describe('a text with errors', () => {
  test('is formatted line by line, without the faulty ones and what stands around them', () => {
    const text = lines(
      ...[
        'model m:',
        '    state:',
        '        x   real=1',
        '        y  real == 1',
        '        #z',
        '',
        '',
        '        z  real=1',
      ],
      ...[
        '    foo:',
        '        a  =  1',
        '    output:',
        '        spike',
        '',
        '',
        '    update:',
        '        x=1',
      ],
    );
    expect(formatted(text)).toBe(
      lines(
        ...[
          'model m:',
          '    state:',
          '        x real = 1',
          '        y  real == 1',
          '        #z',
          '',
          '',
          '        z real = 1',
        ],
        ...[
          '    foo:',
          '        a  =  1',
          '    output:',
          '        spike',
          '',
          '    update:',
          '        x = 1',
        ],
      ),
    );
  });

  test('keeps the indentation of a model in which a faulty line has its own', () => {
    const broken = lines('model a:', '  state:', '    x  real ==1', '    y  real=1');
    const sound = lines('model b:', '  state:', '    x real=1');
    expect(formatted(broken + sound)).toBe(
      lines(
        ...['model a:', '  state:', '    x  real ==1', '    y real = 1', ''],
        ...['model b:', '    state:', '        x real = 1'],
      ),
    );
  });

  test('keeps comments of old versions', () => {
    const text = lines(
      '"""',
      ' old  text',
      '"""',
      'model m:',
      '    state:',
      '        x  real  """ a  b """',
      '        y   real',
    );
    expect(formatted(text)).toBe(text.replace('y   real', 'y real'));
  });
});

describe('the examples', () => {
  test.each(['leak_neuron', 'missing_time_constant'])('%s keeps its tree and findings', (name) => {
    const text = readFileSync(new URL(`../../../examples/${name}.nestml`, import.meta.url), 'utf8');
    expect(codesOf(treeOf(expectFaithful(text)))).toEqual(codesOf(treeOf(text)));
  });
});
