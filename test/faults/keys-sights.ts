/** What must have been on screen in the course of a long tour, so that it has seen what a fleet asks a person. */
const sights = {
	'a write with its changes': screen => screen.includes('allow once') && /\+ ?# Notes|\+ ?Written/.test(screen),
	'a command': screen => screen.includes('allow once') && /only reads|▸ acts|! not clear|✕ denied/.test(screen),
	'a blocker': screen => screen.includes('answer with words that help') && screen.includes('cannot go on'),
	'a question': screen => screen.includes('answer in words') && screen.includes('Which of them?'),
} as const satisfies Readonly<Record<string, (screen: string) => boolean>>;

const names = Object.keys(sights);

/** Looks at screens; tells what none of them has shown. */
export type Sights = {readonly look: (screen: string) => void; readonly missed: () => readonly string[]};

export const createSights = (): Sights => {
	const seen = new Set<string>();
	return {
		look: screen => {
			for (const [name, shows] of Object.entries(sights)) if (!seen.has(name) && shows(screen)) seen.add(name);
		},
		missed: () => names.filter(name => !seen.has(name)),
	};
};
