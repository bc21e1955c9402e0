import {type Pen, write} from './pen.ts';

/** A run that has ended goes on with what was decided of a step of it. */
export const reopen = (pen: Pen): void => {
	if (pen.run.status.kind === 'ended') write(pen, {type: 'run.resumed'});
};
