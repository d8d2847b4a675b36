import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put, runCli, splitWords, withFolder } from './run-cli.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const docs = join(root, 'docs');
const guide = readFileSync(join(docs, 'language.md'), 'utf8');

interface GuideModel {
  readonly name: string;
  readonly text: string;
  /** The only code that `check --strict` may give, from the comment above the block. */
  readonly finding: string | undefined;
}

/** The blocks of the guide that hold a model. */
function readModels(): readonly GuideModel[] {
  const blocks = guide.matchAll(/(?:<!-- finding: (?<finding>\S+) -->\n)?```nestml\n(?<text>[\s\S]*?)```/g);
  return [...blocks].flatMap(({ groups }) => {
    const text = groups?.['text'] ?? '';
    const name = /^model (\w+):/m.exec(text)?.[1];
    return name === undefined ? [] : [{ name, text, finding: groups?.['finding'] }];
  });
}

const models = readModels();

/** The cells of all rows of the tables whose head begins with the given cells. */
function rowsOfTables(...head: readonly string[]): readonly (readonly string[])[] {
  const start = `| ${head.join(' | ')} |`;
  const tables = guide.split('\n\n').filter((block) => block.startsWith(start));
  return tables.flatMap((table) =>
    table
      .trim()
      .split('\n')
      .slice(2)
      .map((row) => row.slice(1, -1).split(/(?<!\|) \| /)),
  );
}

/** What stands between backquotes in a cell. */
function codeIn(cell: string | undefined): readonly string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
}

/** Runs a command line on a model text; the word `FILE` stands for the file. */
async function runOn(text: string, ...words: readonly string[]) {
  return await withFolder(async (folder) => {
    const file = put(folder, 'guide.nestml', text);
    return await runCli(words.map((word) => (word === 'FILE' ? file : word)));
  });
}

describe('the models of the guide', () => {
  it('are several, each with its own name', () => {
    const names = new Set(models.map(({ name }) => name));
    expect(names.size).toBe(models.length);
    expect(models.length).toBeGreaterThanOrEqual(7);
    expect(models.filter(({ finding }) => finding !== undefined).length).toBeGreaterThanOrEqual(1);
  });

  it.each(models)('give exactly the findings that the guide announces: $name', async ({ text, finding }) => {
    const { status, codes } = await runOn(text, 'check', '--strict', 'FILE');
    expect([...new Set(codes)]).toEqual(finding === undefined ? [] : [finding]);
    if (finding === undefined) expect(status).toBe(0);
  });

  it.each(models)('run for 20 ms: $name', async ({ text }) => {
    const { status, out } = await runOn(text, 'simulate', 'FILE', '--for', '20 ms', '--json');
    expect(status).toBe(0);
    const { stop_ms, times } = JSON.parse(out) as { stop_ms: number; times: readonly number[] };
    expect([stop_ms, times.length]).toEqual([20, 200]);
  });
});

/** The value of an expression after the first step of 0.1 ms, in the given type. */
async function evaluate(expression: string, type: string): Promise<number> {
  const isTruth = type === 'boolean';
  const isNumber = isTruth || type === 'real';
  const text = `model value_neuron:
    state:
        result ${isNumber ? 'real = 0' : `${type} = 0 ${type}`}
    parameters:
        V_m mV = -70 mV
        tau ms = 10 ms
        n integer = 7
        yes boolean = true
        no boolean = false
    input:
        spikes <- spike
    output:
        spike
    update:
        result = ${isTruth ? `(${expression}) ? 1 : 0` : expression}
`;
  const checked = await runOn(text, 'check', '--strict', 'FILE');
  // Noted or warned of in the text around the table: the step length, and texts that tools read differently.
  const announced = ['fixed-step', 'ambiguous-grouping', 'reading-changed'];
  expect(checked.codes.filter((code) => !announced.includes(code))).toEqual([]);
  const words = ['simulate', 'FILE', '--for', '0.1 ms', '--record', 'result', '--json'];
  const { status, out } = await runOn(text, ...words);
  expect(status).toBe(0);
  const { record } = JSON.parse(out) as { record: { result: readonly number[] } };
  return record.result[0]!;
}

describe('the values in the tables of the guide', () => {
  const rows = rowsOfTables('write', 'value').map((cells) => [codeIn(cells[0]), codeIn(cells[1])] as const);
  const pairs = rows.flatMap(([calls, values]) =>
    calls.map((call, index) => [call, values[index]!] as const),
  );

  it('stand one behind each expression', () => {
    expect(pairs.length).toBeGreaterThan(30);
    for (const [calls, values] of rows) expect(values).toHaveLength(calls.length);
  });

  it.each(pairs)('are what is computed, to 1e-14 of them: %s is %s', async (expression, value) => {
    if (value === 'true' || value === 'false') {
      expect(await evaluate(expression, 'boolean')).toBe(value === 'true' ? 1 : 0);
      return;
    }
    const [number = '', ...unit] = value.split(' ');
    const result = await evaluate(expression, unit.length === 0 ? 'real' : unit.join(' '));
    expect(Math.abs(result - Number(number))).toBeLessThanOrEqual(1e-14 * Math.abs(Number(number)));
  });
});

describe('the reserved words of the guide', () => {
  const paragraph = /These words cannot be names:([\s\S]*?)\. Nor can/.exec(guide)?.[1];
  const words = codeIn(paragraph?.replaceAll('\n', ' '));

  it('are the 39 of the language', () => {
    expect(new Set(words).size).toBe(39);
  });

  it.each(words)('cannot be names: %s', async (word) => {
    const text = `model word_neuron:\n    state:\n        ${word} real = 0\n    input:\n        p <- spike\n    output:\n        spike\n`;
    expect(await runOn(text, 'check', 'FILE')).toMatchObject({ status: 1 });
    const other = text.replace(`${word} real`, `${word}_ real`);
    expect(await runOn(other, 'check', 'FILE')).toMatchObject({ status: 0, codes: [] });
  });
});

describe('the recipes of the guide', () => {
  const shippedTexts = readdirSync(join(root, 'models', 'neurons'))
    .filter((file) => file.endsWith('.nestml'))
    .map((file) => readFileSync(join(root, 'models', 'neurons', file), 'utf8'));
  const known = [...models.map(({ text }) => text), ...shippedTexts].join('\n');
  // Places that the recipes name besides the lines to write.
  const blocks = ['update', 'onReceive'];
  const lines = rowsOfTables('I want', 'I write').flatMap((cells) => codeIn(cells[1]));

  it('are several', () => {
    expect(lines.length).toBeGreaterThan(20);
  });

  it.each(lines.filter((line) => !blocks.includes(line)))('are part of a model that runs: %s', (line) => {
    expect(known).toContain(line);
  });
});

describe('the commands of the guide', () => {
  const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]!);
  const commands = blocks.flatMap((block) => block.trim().split('\n'));

  it('exist', () => {
    expect(commands.length).toBeGreaterThanOrEqual(5);
  });

  it.each(commands)('run without a finding: %s', async (command) => {
    await withFolder(async (folder) => {
      const leaky = put(folder, 'leaky.nestml', models[0]!.text);
      const words = splitWords(command)
        .slice(1)
        .map((word) => (word === 'leaky.nestml' ? leaky : word.replace(/^out(?=\/)/, folder)));
      const { status, codes } = await runCli(words);
      expect({ status, codes }).toEqual({ status: 0, codes: [] });
    });
  });
});

describe('the pages of docs', () => {
  const index = readFileSync(join(docs, 'README.md'), 'utf8');

  it('are all in the index', () => {
    const pages = readdirSync(docs).filter((name) => name.endsWith('.md') && name !== 'README.md');
    for (const page of pages) expect(index).toContain(`(${page})`);
  });

  it.each([
    ['README.md', index],
    ['language.md', guide],
  ])('link to files and headings that exist: %s', (page, text) => {
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
    expect(targets.length).toBeGreaterThan(3);
    const headings = [...text.matchAll(/^#+ (.*)$/gm)].map((match) =>
      match[1]!
        .toLowerCase()
        .replaceAll(/[^a-z -]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const target of targets) {
      if (target.startsWith('#')) expect(headings).toContain(target.slice(1));
      else
        expect(readdirSync(dirname(join(docs, target)))).toContain(
          target.replace(/\/$/, '').split('/').at(-1),
        );
    }
    expect(page).toMatch(/\.md$/);
  });
});
