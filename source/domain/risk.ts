/** What an agent can do with the tools it has, the mildest first. `unknown`: nobody told what a tool does. */
export const risks = ['read', 'write', 'run', 'network', 'delegate', 'unknown'] as const;
export type Risk = (typeof risks)[number];

/** What each tool can do at most; those that only speak to the fleet do nothing to the world. */
const riskOfTool: ReadonlyMap<string, Risk | undefined> = new Map<string, Risk | undefined>([
	['read_file', 'read'],
	['list_dir', 'read'],
	['glob', 'read'],
	['grep', 'read'],
	['count_lines', 'read'],
	['write_file', 'write'],
	['edit_file', 'write'],
	['run_command', 'run'],
	['run_check', 'run'],
	['fetch_url', 'network'],
	// Whoever it is handed to may have any tool of its own role.
	['delegate', 'delegate'],
	['finish_step', undefined],
	['ask_person', undefined],
	['report_blocker', undefined],
]);

/** Each risk of some tools once, the mildest first. */
export const risksOf = (tools: readonly string[]): readonly Risk[] => {
	const found = new Set(tools.map(tool => (riskOfTool.has(tool) ? riskOfTool.get(tool) : 'unknown')));
	return risks.filter(risk => found.has(risk));
};
