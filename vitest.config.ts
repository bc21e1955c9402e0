import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		globalSetup: ['test/support/built.ts'],
		setupFiles: ['test/support/no-keys.ts'],
		testTimeout: 60_000,
		// Many tests wait for programs: a machine with two cores runs two at a time.
		maxWorkers: Math.max(2, availableParallelism() - 1),
		coverage: {include: ['source/**', 'components/**', 'store/**', 'db/**']},
	},
});
