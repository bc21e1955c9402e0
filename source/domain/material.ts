/** What may stand between the signs of a mark and is not seen: blanks, controls, joiners, accents without a letter. */
const unseen = '[\\s\\p{Cc}\\p{Cf}\\p{Mn}\\p{Default_Ignorable_Code_Point}]*';

const less = '[<\u02c2\u2039\u276e\u27e8\u2329\u3008\ufe64\uff1c]';
const slash = '[/\\\\\u2044\u2215\u2571\u29f8\uff0f]';
/** The letters of `material`, each with those that look like it. */
const letters = [
	'[mм\uff4d]',
	'[aа\u0251\uff41]',
	'[tт\uff54]',
	'[eе\uff45]',
	'[rг\uff52]',
	'[iіl1|\u0131\uff49]',
	'[aа\u0251\uff41]',
	'[lӏi1|\uff4c]',
].join(unseen);

/** A mark, or what a reader could take for one. Names that only begin so, as of a component, are none. */
const markLike = new RegExp(`${less}${unseen}(?:${slash}${unseen})?${letters}(?![\\p{L}\\p{N}_-])`, 'giu');

/** A source is named on one line, in signs that can be seen. */
const unfitForName = /[\s"<>\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/**
 * Text that comes from files, commands or other agents, marked as such: it is information, whatever it says. The
 * house rules of the prompt explain the mark. The text can neither close its own mark nor open another one.
 */
export const material = (from: string, text: string): string =>
	`<material from="${from.replace(unfitForName, ' ').trim()}">\n${text.replace(markLike, mark => `${mark.slice(0, 1)}\\${mark.slice(1)}`)}\n</material>`;
