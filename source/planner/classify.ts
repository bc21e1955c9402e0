/** The kinds of work there are pipelines for. */
export const taskTypes = [
	'research',
	'analysis',
	'writing',
	'design',
	'development',
	'data_project',
	'podcast',
	'feature_implementation',
	'bug_fix',
	'code_review',
	'documentation',
	'mixed',
	'custom',
] as const;
export type TaskType = (typeof taskTypes)[number];

export const isTaskType = (word: string): word is TaskType => taskTypes.some(type => type === word);

export type Classification = {
	readonly taskType: TaskType;
	/** Why, in words. */
	readonly why: string;
};

type Sign = {readonly pattern: RegExp; readonly weight: number};

const signs = (weight: number, ...patterns: readonly string[]): readonly Sign[] =>
	patterns.map(pattern => ({pattern: new RegExp(`\\b(?:${pattern})\\b`, 'i'), weight}));

/**
 * What in a goal points to which kind of work. Words of general use weigh 1; words that are hardly used for anything
 * else weigh more, so that "fix the code" is not held for plain development.
 */
const kinds: readonly {readonly taskType: TaskType; readonly signs: readonly Sign[]}[] = [
	{
		taskType: 'research',
		signs: [
			...signs(1, 'research(?:ing)?', 'investigat(?:e|ing)', 'find', 'look up', 'study', 'explor(?:e|ing)', 'explain'),
			...signs(2, 'survey(?:ing)?', 'overview'),
		],
	},
	{
		taskType: 'development',
		signs: signs(1, 'build', 'creat(?:e|ing)', 'develop', 'code', 'implement', 'write code', 'program'),
	},
	{
		taskType: 'writing',
		signs: signs(1, 'write', 'create content', 'draft', 'articles?', 'blog(?: ?posts?)?', 'scripts?', 'essay'),
	},
	{
		taskType: 'analysis',
		signs: signs(1, 'analy[sz](?:e|ing|is)', 'review', 'examine', 'evaluat(?:e|ing)', 'assess', 'study data'),
	},
	{taskType: 'design', signs: signs(1, 'design', 'architecture', 'plan', 'blueprint', 'structure', 'schema')},
	{taskType: 'podcast', signs: signs(2, 'podcast', 'episodes?', 'audio content', 'show notes')},
	{
		taskType: 'data_project',
		signs: [...signs(2, 'dashboard'), ...signs(1, 'charts?', 'visuali[sz](?:e|ing|ation)', 'dataset', 'csv')],
	},
	{
		taskType: 'feature_implementation',
		signs: [
			...signs(1, 'add', 'extend', 'support', 'refactor', 'migrate', 'upgrade', 'endpoint'),
			...signs(2, 'features?', 'and tests?', '(?:write|add) (?:[\\w-]+ ){0,4}tests?'),
		],
	},
	{
		taskType: 'bug_fix',
		signs: signs(2, 'fix(?:es|ing)?', 'bugs?', 'crash(?:es|ing)?', 'broken', 'fail(?:s|ing)', 'regression', 'debug'),
	},
	{
		taskType: 'code_review',
		signs: signs(
			2,
			'code review',
			'review (?:[\\w-]+ ){0,4}(?:code|pull requests?|prs?|diff|branch|commits?|changes|patch)',
			'audit',
		),
	},
	{taskType: 'documentation', signs: signs(3, 'documentation', 'docs', 'readme', 'docstrings?', 'changelog')},
];

/** Whether the goal speaks of code to be made. */
export const speaksOfCode = (goal: string): boolean => /\b(?:code|program|script|app|library|api|cli)s?\b/i.test(goal);

/**
 * The kind of work a goal asks for, by the words in it. The best score wins. A tie, or a goal without any known word,
 * is mixed work: its pipeline begins by finding out what is wanted.
 */
export const classify = (goal: string): Classification => {
	const scores = kinds
		.map(({taskType, signs: of}) => {
			const hits = of.filter(({pattern}) => pattern.test(goal));
			const words = hits.flatMap(({pattern}) => pattern.exec(goal)?.[0] ?? []);
			return {taskType, score: hits.reduce((sum, {weight}) => sum + weight, 0), words};
		})
		.sort((a, b) => b.score - a.score);
	const [first] = scores;
	if (first === undefined || first.score === 0)
		return {taskType: 'mixed', why: 'no word of the goal names one kind of work'};
	const best = scores.filter(({score}) => score === first.score);
	if (best.length > 1)
		return {taskType: 'mixed', why: `the goal is equally ${best.map(({taskType}) => taskType).join(', ')}`};
	return {taskType: first.taskType, why: `the goal says ${first.words.map(word => `"${word}"`).join(', ')}`};
};
