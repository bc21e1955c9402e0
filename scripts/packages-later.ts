import {glob, readFile} from 'node:fs/promises';
import path from 'node:path';
import {build, type Plugin} from 'rolldown';
import {inAscii} from './leaner.ts';

/**
 * Packages that take long to load, and that no window needs before it is on screen: they read configuration, shell lines
 * and shapes of data. Each becomes a file of its own, loaded at the first use. Beside them, what we use of them.
 */
const packages = {
	unbash: ['forEachChild', 'parse'],
	yaml: ['Document', 'isMap', 'isScalar', 'isSeq', 'parse', 'parseDocument'],
	zod: ['z'],
} as const;

const root = path.join(import.meta.dirname, '..');

type Things = Readonly<Record<string, unknown>>;

const isFunction = (thing: unknown): boolean => typeof thing === 'function';

/** Which parts of a collection the program mentions. */
const partsMentioned = async (name: string, collection: Things): Promise<readonly string[]> => {
	const mention = new RegExp(`\\b${name}\\s*\\.(\\w+)`, 'g');
	const parts = new Set<string>();
	for await (const file of glob('{source,store,db}/**/*.ts', {cwd: root}))
		for (const [, part = ''] of (await readFile(path.join(root, file), 'utf8')).matchAll(mention))
			if (part in collection) parts.add(part);
	return [...parts].sort();
};

/** A package as it is bundled: of a collection, no more than is mentioned. */
const entryOf = async (name: string, exports: readonly string[], things: Things): Promise<string> => {
	const lines: string[] = [];
	for (const one of exports) {
		const parts = isFunction(things[one]) ? undefined : await partsMentioned(one, things[one] as Things);
		const from = `from ${JSON.stringify(name)};`;
		lines.push(
			parts === undefined
				? `export {${one}} ${from}`
				: `import * as all ${from}\nexport const ${one} = {${parts.map(part => `${part}: all.${part}`)}};`,
		);
	}
	return lines.join('\n');
};

/** Called, made or looked into, what stands for a thing of a package is the thing itself. */
const standIn = (name: string, thing: unknown): string =>
	isFunction(thing)
		? `export function ${name}(...how) { const real = held().${name}; return new.target ? new real(...how) : real(...how); }`
		: `export const ${name} = new Proxy({}, {get: (_, part) => held().${name}[part]});`;

const standIns = (file: string, exports: readonly string[], things: Things): string =>
	[
		"import {createRequire} from 'node:module';",
		'let real;',
		`const held = () => (real ??= createRequire(import.meta.url)('./${file}'));`,
		...exports.map(name => standIn(name, things[name])),
	].join('\n');

const entry = '\0entry';
const later = '\0later:';

/** Bundles the packages into a folder. Resolves with what makes programs in this folder load them from there. */
export const packagesLater = async (dir: string): Promise<Plugin> => {
	const sources = new Map<string, string>();
	for (const [name, exports] of Object.entries(packages)) {
		const things: Things = await import(name);
		const code = await entryOf(name, exports, things);
		const {output} = await build({
			cwd: root,
			input: {[name]: entry},
			platform: 'node',
			transform: {target: 'node22'},
			plugins: [
				{
					name: 'entry',
					resolveId: id => (id === entry ? id : undefined),
					load: id => (id === entry ? code : undefined),
				},
				inAscii,
			],
			output: {
				dir,
				// Only this form is there as soon as it is asked for, in every Node that fits.
				format: 'cjs',
				entryFileNames: '[name]-[hash].cjs',
				minify: {compress: true, mangle: false, codegen: {removeWhitespace: true}},
			},
		});
		sources.set(later + name, standIns(output[0].fileName, exports, things));
	}
	return {
		name: 'packages later',
		resolveId: {
			filter: {id: /^(?:unbash|yaml|zod)$/},
			// Other packages may do more with them.
			handler: (id, importer) => (importer?.includes('node_modules') === true ? undefined : later + id),
		},
		load: {filter: {id: /^\0later:/}, handler: id => sources.get(id)},
	};
};
