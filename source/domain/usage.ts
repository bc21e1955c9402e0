/** Tokens of one or many turns. The four input classes are priced apart; `thinking` is part of `output`. */
export type Usage = {
	readonly input: number;
	readonly output: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
	readonly cacheRead: number;
	readonly thinking: number;
};

export const noUsage: Usage = {input: 0, output: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, thinking: 0};

export const addUsage = (a: Usage, b: Usage): Usage => ({
	input: a.input + b.input,
	output: a.output + b.output,
	cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
	cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
	cacheRead: a.cacheRead + b.cacheRead,
	thinking: a.thinking + b.thinking,
});

/** All tokens the model read: what counts against its context window. */
export const promptTokens = (usage: Usage): number =>
	usage.input + usage.cacheWrite5m + usage.cacheWrite1h + usage.cacheRead;

export const totalTokens = (usage: Usage): number => promptTokens(usage) + usage.output;
