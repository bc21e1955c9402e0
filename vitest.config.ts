import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		setupFiles: ['test/support/no-keys.ts'],
		testTimeout: 30_000,
		coverage: {include: ['source/**', 'components/**', 'store/**', 'db/**']},
	},
});
