/** Terminals take no longer ones, characters. */
export const addressMax = 2083;

/**
 * Only the web. Its host is written in plain letters, for others can pass for them, and nothing stands before it that
 * could pass for the host.
 */
const openable =
	/^https?:\/\/(?:[a-z\d._-]+|\[[\da-f:.]+\])(?::\d{1,5})?(?:[/?#][^\s\u0000-\u0020\u007f-\u009f\u2028\u2029"<>\\^`{|}]*)?$/i;

/** The text as an address that may be opened, in the plain signs terminals ask for; undefined when it is none. */
export const addressOf = (text: string): string | undefined =>
	text.length > addressMax || !openable.test(text)
		? undefined
		: text.toWellFormed().replaceAll(/[^!-~]+/g, encodeURIComponent);
