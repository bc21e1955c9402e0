import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		globalSetup: ['test/support/built.ts'],
		setupFiles: ['test/support/no-keys.ts'],
		testTimeout: 60_000,
		coverage: {include: ['source/**', 'components/**', 'store/**', 'db/**']},
	},
});
