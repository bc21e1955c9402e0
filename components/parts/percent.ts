/** A share of a whole as `12%`. Nothing but all is 100, nothing but none is 0; without a whole it is a dash. */
export const percent = (part: number, whole: number): string => {
	if (whole <= 0) return '–';
	const exact = (100 * part) / whole;
	if (exact <= 0 || exact >= 100) return `${Math.round(exact)}%`;
	return `${Math.min(99, Math.max(1, Math.round(exact)))}%`;
};
