/** The pattern of LIKE for a text somewhere in stored JSON, whatever the case of its letters from a to z. */
export const textPattern = (text: string): string =>
	`%${JSON.stringify(text)
		.slice(1, -1)
		.replaceAll(/[%_\\]/g, sign => `\\${sign}`)}%`;
