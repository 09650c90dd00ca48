import { type Config, type Env, readConfig } from '../../src/config.ts';

/** A development configuration on a free port, with a fixed token secret. */
export const testConfig = (env: Env = {}): Config =>
  readConfig({ NODE_ENV: 'test', PORT: '0', TOKEN_SECRET: 'kP3xQ9mT7wZ1vB5nC8dF2gH6jL4rS0yA', ...env });
