import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, splitWords, withFolder } from './run-cli.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** The `nestml …` lines of all shell examples of a page. */
function commandsOf(page: string): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  const lines = blocks.flatMap((block) => block.split('\n'));
  return lines.map((line) => line.replace(/^npx /, '')).filter((line) => line.startsWith('nestml '));
}

describe.each(['README.md', 'docs/command-line.md'])('the examples of %s', (page) => {
  const commands = commandsOf(page);

  it('exist', () => {
    expect(commands.length).toBeGreaterThan(2);
  });

  it.each(commands)('run: %s', async (command) => {
    await withFolder(async (folder) => {
      const words = splitWords(command)
        .slice(1)
        .map((word) =>
          word.replace(/^(examples|models)(?=\/|$)/, join(root, '$1')).replace(/^out(?=\/)/, folder),
        );
      const { status, out, error } = await runCli(words);
      expect(error.replaceAll(/^wrote .*\n/gm, '').replaceAll(/^\s*$/gm, '')).toSatisfy(
        (text: string) => !/^(error|warning)\[/m.test(text) || words.includes(join(root, 'examples')),
      );
      expect(out.length > 0 || words.includes('--svg')).toBe(true);
      expect(status).toBe(words.includes(join(root, 'examples')) ? 1 : 0);
      if (words.includes('--json')) expect(JSON.parse(out)).toMatchObject({ version: 1 });
    });
  });
});

describe('the outputs shown in README.md', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const shown = [...text.matchAll(/<!-- output of: nestml (.*) -->\n```\n([\s\S]*?)```/g)];

  it('exist', () => {
    expect(shown).toHaveLength(1);
  });

  it.each(shown.map((match) => [match[1]!, match[2]!]))(
    'are what is printed: nestml %s',
    async (command, output) => {
      const { error } = await runCli(splitWords(command.replace('examples/', `${root}/examples/`)));
      expect(error.replaceAll(`${root}/`, '')).toBe(output);
    },
  );
});
