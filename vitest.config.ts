import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    passWithNoTests: false,
    // Half of the time they wait for servers and browsers; vitest would leave one core free.
    maxWorkers: '100%',
  },
});
