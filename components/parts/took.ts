/** How long something took, to the tenth of a second where it was short: `0.4 s`, `12 s`, `3m 05s`, `2h 10m`. */
export const took = (ms: number): string => {
	const seconds = Math.max(0, ms) / 1000;
	if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
	if (seconds < 59.5) return `${Math.round(seconds)} s`;
	const whole = Math.round(seconds);
	const two = (value: number): string => String(value).padStart(2, '0');
	return whole < 3600
		? `${Math.floor(whole / 60)}m ${two(whole % 60)}s`
		: `${Math.floor(whole / 3600)}h ${two(Math.floor((whole % 3600) / 60))}m`;
};
