/** A problem at start, such as a flag, a key or a folder: told in one line with its mend, exit code 2. */
export class Problem extends Error {
	override readonly name = 'Problem';
}
