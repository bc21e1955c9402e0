import type {Command, Rejection} from './command.ts';
import {reject} from './rejection.ts';
import type {Run} from './run.ts';

/** How a run has ended, and what can be done about it still; undefined while it goes on. */
export const endWords = ({id, status}: Pick<Run, 'id' | 'status'>): string | undefined => {
	if (status.kind !== 'ended') return undefined;
	const {outcome, reason} = status;
	const ended = `${id} has ended: it is ${outcome}${reason.trim() === '' ? '' : ` (${reason})`}.`;
	const show = `\`flotilla show ${id}\` shows it`;
	return outcome === 'done' ? `${ended} ${show}.` : `${ended} \`flotilla resume ${id}\` takes it up again; ${show}.`;
};

/** What can still be asked of a run that has ended: to take it up, as a whole or with what failed in it. */
const mayFollowEnd = ({status, plan}: Run, command: Command): boolean => {
	switch (command.type) {
		case 'run.resume':
			return status.kind === 'ended' && status.outcome !== 'done';
		case 'run.permit':
		case 'step.retry':
		case 'agent.retire':
		case 'budget.set':
			return true;
		case 'step.skip':
		case 'step.split':
			return plan?.steps[command.stepId]?.status.kind === 'failed';
		default:
			return false;
	}
};

/** Why a run that has ended does not do what it is asked; undefined when it may, or goes on. */
export const refusalAfterEnd = (run: Run, command: Command): Rejection | undefined => {
	const words = endWords(run);
	return words === undefined || mayFollowEnd(run, command) ? undefined : reject('not_now', words);
};
