const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Names, versions, dates, paths and dotted code: pieces that are each a word or a small number. */
const words = /^[$@~^.]{0,3}[/\\]?(?:[A-Za-z]+|\d{1,4})(?:[-_./\\:@+](?:[A-Za-z]+|\d{1,4}))*$/;
const address = /^(?:[a-z][a-z0-9+]*:\/\/|~?\.{0,2}\/[\w.-]+\/)/i;
/** A place for a value: `$NAME`, `%NAME%`, `${…}`, `<…>`, `{{…}}`. */
const place = /^(?:\$[A-Za-z_]\w*$|\$\{|%\w+%$|<|\{\{)/;

/** Bits per character of a text, by how often each of its characters occurs. */
const entropyOf = (text: string): number => {
	const counts = new Map<string, number>();
	for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1);
	let bits = 0;
	for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
	return bits;
};

/** How often letters and digits take turns: chance does it often, people who name things seldom. */
const turnsOf = (text: string): number => text.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;

/** Whether a text is more than one sign repeated, as in `xxxxxxxx` or `********`. */
export const isVaried = (text: string): boolean => new Set(text).size >= 6;

/** Whether a text looks drawn by chance or invented as a password, rather than a name, a number or a piece of code. */
export const looksRandom = (text: string): boolean => {
	if (text.length < 8 || !/\d/.test(text) || !/[A-Za-z]/.test(text) || !isVaried(text)) return false;
	if (uuid.test(text) || words.test(text) || address.test(text) || place.test(text)) return false;
	if (text.length >= 16) return entropyOf(text) >= 3;
	return (
		(/[a-z]/.test(text) && /[A-Z]/.test(text)) ||
		/[!#$%^&*+=~?@]/.test(text) ||
		(turnsOf(text) >= 4 && text.replace(/\D/g, '').length >= 3)
	);
};

/** The same where code could stand: a name such as `Base64String` has few turns between letters and digits. */
export const looksRandomInCode = (text: string): boolean => looksRandom(text) && turnsOf(text) >= 4;
