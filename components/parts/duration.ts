/** How long a run goes on, in its two largest units: `42s`, `12m`, `1h 04m`, `3d 02h`. */
export const duration = (ms: number): string => {
	const minutes = Math.max(0, Math.floor(ms / 60_000));
	if (minutes < 1) return `${Math.max(0, Math.floor(ms / 1000))}s`;
	if (minutes < 60) return `${minutes}m`;
	const two = (count: number): string => String(count).padStart(2, '0');
	const hours = Math.floor(minutes / 60);
	return hours < 24 ? `${hours}h ${two(minutes % 60)}m` : `${Math.floor(hours / 24)}d ${two(hours % 24)}h`;
};
