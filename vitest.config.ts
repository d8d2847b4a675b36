import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'packages/*/test/**/*.test.ts',
            'scripts/**/*.test.ts',
            'conformance/**/*.test.ts',
            'benchmarks/**/*.test.ts',
          ],
          exclude: ['scripts/pack.test.ts'],
        },
      },
      // Builds, packs and installs the package: slow, and needed once.
      { extends: true, test: { name: 'pack', include: ['scripts/pack.test.ts'], hookTimeout: 180_000 } },
    ],
  },
});
