import type {StorageTrouble} from './event-log.ts';

/** Whether this says that something could not be stored or read. */
export const isTrouble = (error: unknown): error is StorageTrouble => error instanceof Error && 'trouble' in error;

/** Whether what could not be stored may be stored a little later. */
export const isPassing = (error: unknown): error is StorageTrouble => isTrouble(error) && error.trouble === 'passing';

/**
 * The engine was stopped while nothing could be stored. What its hands had brought since is lost, and the next engine
 * treats it like everything that was under way at a crash.
 */
export class NotStored extends Error {
	override readonly name = 'NotStored';

	constructor(reports: number, cause: StorageTrouble) {
		const what = reports === 0 ? 'that it was left' : `what came in last (reports: ${reports})`;
		super(
			`Flotilla ended before it could store ${what}. ${cause.message} Then \`flotilla resume\` takes the run up where its history ends; what was under way counts as lost.`,
			{cause},
		);
	}
}
