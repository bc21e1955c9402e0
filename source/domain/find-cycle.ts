/** A node of a graph, by its own name, and the names of those it depends on. */
type Node = {readonly key: string; readonly dependsOn: readonly string[]};

/** A cycle as the keys on it, or undefined. Works on keys and on ids alike. */
export const findCycle = (nodes: readonly Node[]): readonly string[] | undefined => {
	const needs = new Map(nodes.map(node => [node.key, node.dependsOn]));
	const state = new Map<string, 'open' | 'closed'>();
	const path: string[] = [];
	const visit = (key: string): readonly string[] | undefined => {
		if (state.get(key) === 'closed') return undefined;
		if (state.get(key) === 'open') return [...path.slice(path.indexOf(key)), key];
		state.set(key, 'open');
		path.push(key);
		for (const next of needs.get(key) ?? []) {
			const cycle = visit(next);
			if (cycle !== undefined) return cycle;
		}
		path.pop();
		state.set(key, 'closed');
		return undefined;
	};
	for (const node of nodes) {
		const cycle = visit(node.key);
		if (cycle !== undefined) return cycle;
	}
	return undefined;
};
