import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The machine may be slow and busy: what ends well ends long before; what is waited for ends the waiting at once.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    passWithNoTests: false,
    // Half of the time they wait for servers and browsers; vitest would leave one core free.
    maxWorkers: '100%',
  },
});
