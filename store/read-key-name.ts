import {graphemes} from './graphemes.ts';

/** The keys that have a name of their own. */
const specials: readonly string[] = [
	'up',
	'down',
	'left',
	'right',
	'pageup',
	'pagedown',
	'home',
	'end',
	'enter',
	'esc',
	'tab',
	'backspace',
	'delete',
	'space',
];

/** What a terminal sends for these is what it sends for another key. */
const twins: Readonly<Record<string, string>> = {
	'ctrl+i': 'tab',
	'ctrl+m': 'enter',
	'ctrl+[': 'esc',
	'ctrl+h': 'backspace',
};

/** Whether the key types a character where text is typed. */
export const isTyped = (name: string): boolean => name === 'space' || [...graphemes.segment(name)].length === 1;

type Read = {readonly name: string} | {readonly problem: string};

/** The name by which the key table knows a key that a person has written, such as `Ctrl+P`, `pageup` or `x`. */
export const readKeyName = (written: string): Read => {
	if (isTyped(written) && written.trim() !== '') return {name: written};
	const [, before = '', base = ''] = /^((?:(?:ctrl|alt|shift)\+)*)(.+)$/iu.exec(written) ?? [];
	const held = before.toLowerCase();
	const modifiers = ['ctrl+', 'alt+', 'shift+'].filter(modifier => held.includes(modifier)).join('');
	const special = base.toLowerCase();
	if (specials.includes(special)) {
		if (special === 'space' && modifiers !== '' && modifiers !== 'ctrl+')
			return {problem: `terminals do not tell ${written} apart`};
		return {name: modifiers + special};
	}
	if (!isTyped(base))
		return {
			problem: `there is no key "${written}": a key is one character, or one of ${specials.join(', ')}, and ctrl+, alt+ or shift+ may stand before it`,
		};
	if (modifiers === 'shift+' && /^[a-z]$/i.test(base)) return {name: base.toUpperCase()};
	if (modifiers === 'alt+') return {name: `alt+${base}`};
	if (modifiers !== 'ctrl+') return {problem: `terminals do not tell ${written} apart`};
	const name = `ctrl+${special}`;
	const twin = twins[name];
	return twin === undefined ? {name} : {problem: `a terminal sends the same for ${written} as for ${twin}`};
};
