/**
 * Words with the commands in them as the person can type them: whoever began with `npm start` or `npx` has no `flotilla`
 * on the path. `env` is what this process was started with.
 */
export const calledAs = (env: Readonly<Record<string, string | undefined>>, words: string): string =>
	env['npm_command'] === undefined ? words : words.replaceAll(/(?<!npx )\bflotilla (?=[a-z])/g, 'npx flotilla ');
