/**
 * The text with the beginnings of operating system commands (`ESC ]`) that nothing ends made ones of an ordinary
 * sequence (`ESC [`). The runtime's way to take escape sequences out searches for an end from each of them through all
 * the rest of the text: 200 KB of them take it a quarter of a minute. What it takes out stays the same, but for the bracket
 * that is left of one that no sequence follows.
 */
export const withoutOpenStrings = (text: string): string => {
	// Every beginning before the last end is ended by one.
	const last = Math.max(text.lastIndexOf('\u0007'), text.lastIndexOf('\u001b\\'), text.lastIndexOf('\u009c'));
	return text.slice(0, last + 1) + text.slice(last + 1).replaceAll('\u001b]', '\u001b[');
};
