import {isBuiltin} from 'node:module';
import type {Plugin} from 'rolldown';
import type {ESTree} from 'rolldown/utils';

/** A package made leaner for the bundle: what it would load and we never use. */
const without = (name: string, file: RegExp, ...parts: readonly (readonly [from: string, to: string])[]): Plugin => ({
	name,
	transform: {
		filter: {id: file},
		handler(code) {
			let leaner = code;
			for (const [from, to] of parts) {
				if (!leaner.includes(from)) this.error(`${name}: the package does this in another way now. Look again.`);
				leaner = leaner.replaceAll(from, to);
			}
			return leaner;
		},
	},
});

/**
 * Meow can describe a program from its package.json, and prepares for that whenever it is loaded: lists of licences and
 * of hosts, forty patterns for versions. We say who we are, so this is never asked for; it was a sixth of the time that
 * a verb takes.
 */
const meow = without(
	'meow without manifests',
	/meow\/build\/dependencies\.js$/,
	['= requireNormalize();', '= {default() {}};'],
	// With this it would run Git.
	['promisify(execFile)', 'undefined'],
);

/** Yoga carries its program as text, but asks the network stack to decode it, which has to be loaded for that. */
const yoga = without('yoga without fetch', /yoga-layout\/dist\/binaries\/yoga-wasm-base64-esm\.js$/, [
	'"function"!=typeof fetch?Promise',
	'true?Promise',
]);

/** What it asserts is that it is called with a function; the module for that compares whole trees of values. */
const signalExit = without('signal-exit without assertions', /signal-exit\/index\.js$/, [
	"require('assert')",
	'{equal() {}}',
]);

/** Both only want to know how long something takes, and the finer clock of browsers has to be loaded first. */
const scheduler = without('scheduler by the plain clock', /scheduler\/cjs\/scheduler\.production\.js$/, [
	'"object" === typeof performance',
	'false',
]);
const ink = without('ink by the plain clock', /ink\/build\/ink\.js$/, ['performance.now()', 'Date.now()']);

/** The pattern of all emoji takes longer to make than the rest of the package to load: it waits for the first of them. */
const stringWidth = without(
	'string-width with its emoji later',
	/string-width\/index\.js$/,
	['const emojiPrefixRegex = ', 'let emojiPrefix; const emojiPrefixOf = () => emojiPrefix ??= '],
	['emojiPrefixRegex', 'emojiPrefixOf()'],
);

/** The first segmenter of a process takes longer than a hundred modules, and most text is cut apart without one. */
const segmentersLater: Plugin = {
	name: 'segmenters later',
	resolveId: {filter: {id: /^\0segmenter$/}, handler: id => id},
	load: {
		filter: {id: /^\0segmenter$/},
		handler: () => `export default (...how) => {
			let made;
			return {segment: text => (made ??= new Intl.Segmenter(...how)).segment(text)};
		};`,
	},
	transform: {
		filter: {id: {exclude: /^\0/}, code: /= new Intl\.Segmenter\(/},
		handler: code =>
			`import segmenterLater from '\\0segmenter';\n${code.replaceAll('= new Intl.Segmenter(', '= segmenterLater(')}`,
	},
};

/** Node reads a file of nothing but ASCII three times as fast, and holds it in half the memory. */
export const inAscii: Plugin = {
	name: 'in ascii',
	generateBundle(_, files) {
		for (const file of Object.values(files)) {
			if (file.type !== 'chunk') continue;
			if (/\braw`[^`]*[^\0-\x7f]|(?<!\\)(?:\\\\)*\\[^\0-\x7f]/.test(file.code))
				this.error(`${file.fileName}: a sign in raw text, or behind a backslash, cannot be escaped.`);
			file.code = file.code.replaceAll(/[^\0-\x7f]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
		}
	},
};

/** Functions of modules that take long to load. Most commands never call them, and a window not before it is on screen. */
const calledLater: Readonly<Record<string, readonly string[]>> = {
	'node:child_process': ['execFileSync', 'spawn', 'spawnSync'],
	'node:crypto': ['createHash', 'randomBytes', 'timingSafeEqual'],
	'node:readline': ['createInterface'],
};

const declarator = (module: string, specifier: ESTree.ImportDeclarationSpecifier): string => {
	const held = `process.getBuiltinModule(${JSON.stringify(module)})`;
	const {local} = specifier;
	const name =
		specifier.type !== 'ImportSpecifier'
			? 'default'
			: specifier.imported.type === 'Literal'
				? specifier.imported.value
				: specifier.imported.name;
	if (name === 'default') return `${local.name}=${held}`;
	return calledLater[module]?.includes(name)
		? `${local.name}=(...how)=>${held}.${name}(...how)`
		: `{${name}:${local.name}}=${held}`;
};

/**
 * When a module of Node is imported, Node looks at all that it could hold, and so loads what nobody asked for: with
 * `node:fs` the command line of the REPL, with `node:util` the workers, with `node:crypto` the keys of browsers. Asked
 * for the module itself, it does not.
 */
const builtinsAsTheyAre: Plugin = {
	name: 'builtins as they are',
	generateBundle(_, files) {
		for (const file of Object.values(files)) {
			if (file.type !== 'chunk') continue;
			const imports = this.parse(file.code).body.filter(
				(node): node is ESTree.ImportDeclaration => node.type === 'ImportDeclaration' && isBuiltin(node.source.value),
			);
			for (const {start, end, source, specifiers} of imports.reverse()) {
				const declarators = specifiers.map(specifier => declarator(source.value, specifier));
				const declaration = declarators.length === 0 ? '' : `const ${declarators.join()};`;
				file.code = file.code.slice(0, start) + declaration + file.code.slice(end);
			}
		}
	},
};

/** What makes the bundle start sooner: each was a tenth or more of the time until the first screen, or of a verb's. */
export const leaner: readonly Plugin[] = [
	meow,
	yoga,
	signalExit,
	scheduler,
	ink,
	stringWidth,
	segmentersLater,
	inAscii,
	builtinsAsTheyAre,
];
