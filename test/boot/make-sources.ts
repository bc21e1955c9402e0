import {readEnvironment} from '../../source/boot/environment.ts';
import type {Flags} from '../../source/boot/flags.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import type {Sources} from '../../source/boot/sources.ts';

export const flagsOf = (...argv: readonly string[]): Flags => parseArguments(argv, '0.0.0').flags;

/** What a person typed, an environment, and files, where the test names any. */
export const makeSources = (
	argv: readonly string[],
	env: Readonly<Record<string, string>> = {},
	rest: Partial<Sources> = {},
): Sources => ({
	flags: flagsOf(...argv),
	project: {},
	projectTrusted: false,
	user: {},
	environment: readEnvironment(env),
	files: {user: '/home/me/config.yaml', project: '/work/.flotilla/config.yaml'},
	...rest,
});
