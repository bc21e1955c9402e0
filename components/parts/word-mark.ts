import type {RunWord, StepWord} from '../../source/domain/run.ts';
import type {Mark} from '../theme.ts';

/** How the state of a step looks. A proposed step waits for the person, too. */
export const stepMark: Readonly<Record<StepWord, Mark>> = {
	proposed: 'needsYou',
	held: 'paused',
	rejected: 'stopped',
	skipped: 'skipped',
	split: 'split',
	ready: 'queued',
	queued: 'queued',
	blocked: 'stalled',
	'needs you': 'needsYou',
	working: 'working',
	done: 'done',
	failed: 'failed',
};

/** How the state of a run looks. */
export const runMark: Readonly<Record<RunWord, Mark>> = {
	planning: 'working',
	running: 'working',
	waiting: 'needsYou',
	paused: 'paused',
	done: 'done',
	failed: 'failed',
	stopped: 'stopped',
};
