/** Something that must never be true of a run, in words. */
export class Violation extends Error {
	override readonly name = 'Violation';
}
