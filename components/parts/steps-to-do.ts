import type {RunSummary} from '../../source/domain/run.ts';

/**
 * How many steps a run has to do. Of one that is done, what was not done will not run. `word` is what its state is
 * called.
 */
export const stepsToDo = (word: string, {done, total}: RunSummary['steps']): number => (word === 'done' ? done : total);
