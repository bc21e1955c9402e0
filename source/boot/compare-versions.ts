type Version = {readonly release: readonly number[]; readonly pre: readonly string[]};

/** What follows a plus says how it was built, and orders nothing. */
const readVersion = (text: string): Version => {
	const [plain = ''] = text.split('+');
	const dash = plain.indexOf('-');
	const release = dash === -1 ? plain : plain.slice(0, dash);
	return {
		release: release.split('.').map(part => Number(part) || 0),
		pre: dash === -1 ? [] : plain.slice(dash + 1).split('.'),
	};
};

const isNumber = (part: string): boolean => /^\d+$/.test(part);

const comparePre = (a: string | undefined, b: string | undefined): number => {
	if (a === b) return 0;
	// Of two that begin alike, the longer one is later.
	if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
	if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
	return (isNumber(a) ? Number(a) < Number(b) : a < b) ? -1 : 1;
};

/** Below 0 when the first is older, 0 when neither is, above 0 when it is newer: the order of semantic versions. */
export const compareVersions = (one: string, other: string): number => {
	const [a, b] = [readVersion(one), readVersion(other)];
	for (let i = 0; i < Math.max(a.release.length, b.release.length); i++) {
		const difference = (a.release[i] ?? 0) - (b.release[i] ?? 0);
		if (difference !== 0) return difference;
	}
	// What comes before a release is older than it.
	if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length;
	for (let i = 0; i < Math.max(a.pre.length, b.pre.length); i++) {
		const order = comparePre(a.pre[i], b.pre[i]);
		if (order !== 0) return order;
	}
	return 0;
};
