import {appendFileSync} from 'node:fs';
import {registerHooks} from 'node:module';
import type {Told} from './keys-coverage.ts';

/**
 * Loaded before the program (`node --import`): it tells of each key which view had the keys when it arrived. From
 * outside nobody sees that, for a screen is drawn later and a key may still be on its way. `FLOTILLA_TEST_KEYS` names
 * the file it is written to, a line for each key and for each view that the keys have come to.
 */
const file = process.env['FLOTILLA_TEST_KEYS'];
if (file === undefined) throw new Error('FLOTILLA_TEST_KEYS names no file.');

/** Where the window and Home look up a key. Names stay as they are in the bundle, and so does this. */
const place =
	/pressOne=key=>\{(?=let (?:context=(?<known>[^;]+?),)?id=matchKey\(keymap,(?<asked>.+?),key\.name(?:,(?<past>.+?!==void 0))?\))/;

/** What a key leads to by an answer of the engine is there a moment later, ms. */
const looksAfterMs = [0, 30, 150] as const;

type Where = () => readonly [context: string, inPast: boolean];

let last = '';
const tell = (told: Told): void => {
	last = `${told.context} ${told.inPast}`;
	appendFileSync(file, `${JSON.stringify(told)}\n`);
};

const look = (where: Where): void => {
	const [context, inPast] = where();
	if (`${context} ${inPast}` !== last) tell({context, inPast});
};

Reflect.set(globalThis, 'tellOfKey', (where: Where, key: string): void => {
	const [context, inPast] = where();
	tell({context, inPast, key});
	for (const ms of looksAfterMs) setTimeout(look, ms, where).unref();
});

registerHooks({
	load: (url, context, next) => {
		const loaded = next(url, context);
		const {source} = loaded;
		if (!url.includes('/dist/') || source === undefined || source === null) return loaded;
		const code = typeof source === 'string' ? source : new TextDecoder().decode(source);
		const found = place.exec(code)?.groups;
		if (found === undefined) return loaded;
		const asked = found['known'] ?? found['asked'];
		const told = `tellOfKey(()=>[${asked},${found['past'] ?? 'false'}],key.name);`;
		return {...loaded, source: code.replace(place, whole => whole + told)};
	},
});
