/** Collects what must not happen: the first defect ends the command, for after it nothing can be trusted. */
export type Defects = {
	readonly report: (error: unknown) => void;
	/** Aborted at the first defect, with it as the reason. */
	readonly signal: AbortSignal;
};

export const createDefects = (): Defects => {
	const first = new AbortController();
	return {report: error => first.abort(error), signal: first.signal};
};
