import type {Plugin} from 'rolldown';

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

/**
 * Packages import `node:process`, for which Node looks at all that it could hold, also what has to be loaded first. It
 * is the same object that is there anyway.
 */
const processAsIs: Plugin = {
	name: 'process as it is',
	resolveId: {filter: {id: /^node:process$/}, handler: () => '\0process'},
	load: {
		filter: {id: /^\0process$/},
		handler: () => 'export default process; export const {cwd, env, execArgv, execPath, hrtime, platform} = process;',
	},
};

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
const inAscii: Plugin = {
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

/** What makes the bundle start sooner: each was a tenth or more of the time until the first screen, or of a verb's. */
export const leaner: readonly Plugin[] = [meow, yoga, stringWidth, processAsIs, segmentersLater, inAscii];
