import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeLock, missingPlatforms } from './complete-lock.ts';

const lock = {
  name: 'workspace',
  packages: {
    '': {},
    'node_modules/tool': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: {
        'tool-linux-x64-gnu': '1.0.0',
        '@tool/cli-darwin-arm64': '1.0.0',
        'tool-linux-arm-musleabihf': '1.0.0',
      },
    },
    'node_modules/tool-linux-x64-gnu': { version: '1.0.0' },
  },
};

describe('a lock file without the packages of other platforms', () => {
  it('is completed by what their names state', () => {
    expect(missingPlatforms(lock).map((entry) => entry.name)).toEqual([
      '@tool/cli-darwin-arm64',
      'tool-linux-arm-musleabihf',
    ]);
    const complete = completeLock(lock);
    expect(missingPlatforms(complete)).toEqual([]);
    expect(complete.name).toBe('workspace');
    expect(complete.packages).toMatchObject({
      'node_modules/@tool/cli-darwin-arm64': {
        version: '1.0.0',
        cpu: ['arm64'],
        os: ['darwin'],
        dev: true,
        optional: true,
      },
      'node_modules/tool-linux-arm-musleabihf': { cpu: ['arm'], libc: ['musl'], os: ['linux'] },
    });
  });

  it('keeps another version of a platform package, and puts the missing one inside the package that needs it', () => {
    const outer = 'node_modules/tool-win32-x64-msvc';
    const packages = {
      'node_modules/tool': { version: '2.0.0', optionalDependencies: { 'tool-win32-x64-msvc': '2.0.0' } },
      [outer]: { version: '1.0.0' },
    };
    const complete = completeLock({ packages });
    expect(complete.packages[outer]).toEqual({ version: '1.0.0' });
    expect(complete.packages).toHaveProperty([`node_modules/tool/${outer}`, 'version'], '2.0.0');
    expect(missingPlatforms(complete)).toEqual([]);
  });

  it('is not completed by guesses', () => {
    const withOptional = (optionalDependencies: Readonly<Record<string, string>>) => ({
      packages: { 'node_modules/tool': { optionalDependencies } },
    });
    expect(() => completeLock(withOptional({ 'tool-linux-x64': '^1.0.0' }))).toThrow('not an exact version');
    expect(() => completeLock(withOptional({ other: '1.0.0' }))).toThrow('no known platform');
  });
});

describe('the lock file of this repository', () => {
  it('has the packages of all platforms (otherwise: npm run lock)', () => {
    const path = join(import.meta.dirname, '..', '..', 'package-lock.json');
    expect(missingPlatforms(JSON.parse(readFileSync(path, 'utf8')))).toEqual([]);
  });
});
