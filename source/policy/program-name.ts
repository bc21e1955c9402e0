/** What a program is called, whichever folder it is started from; case is ignored, as some file systems ignore it. */
export const programName = (word: string): string =>
	(word.split('/').at(-1) ?? word).toLowerCase().replace(/\.(exe|cmd|bat)$/, '');
