/** What an agent says of its own work. It is never told as if Flotilla had found it. */
const claims = new Map([
	['VERIFIED', 'says it is checked'],
	['UNVERIFIED', 'says it is not checked'],
	['FAIL', 'says it failed'],
	['PENDING_REVIEW', 'says it needs review'],
]);

/** The words for the status in a report as an agent wrote it, which may be any text. */
export const claimWords = (status: string): string => claims.get(status) ?? `says ${status}`;
