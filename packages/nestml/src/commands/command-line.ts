/** Options of a command line by name; undefined ones are left out, lists are options that repeat. */
export type CommandOptions = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** The command line that repeats a run. */
export function commandLine(command: string, model: string, options: CommandOptions): string {
  const words = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    if (value === true) return [`--${name}`];
    const values = typeof value === 'string' ? [value] : value;
    return values.map((text) => `--${name} ${/^[\w.,-]+$/.test(text) ? text : `"${text}"`}`);
  });
  return [command, model, ...words].join(' ');
}
