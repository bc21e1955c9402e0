/** What a contestant of a comparison says of itself when it is done. */
export type Load = {
	/** From the first request to the end of the last agent. */
	readonly wallMs: number;
	/** Processor time of the whole process meanwhile. */
	readonly cpuMs: number;
	/** The most memory the process held. */
	readonly rssMb: number;
};

/** Measures what happens from now on; the returned function ends it. */
export const measureLoad = (): (() => Load) => {
	const began = performance.now();
	const {user, system} = process.cpuUsage();
	return () => {
		const used = process.cpuUsage();
		return {
			wallMs: performance.now() - began,
			cpuMs: (used.user - user + used.system - system) / 1000,
			rssMb: process.resourceUsage().maxRSS / 1024,
		};
	};
};
