import type {Run} from '../../source/domain/run.ts';

/** Nothing costs anything then, so that nothing is said of it. */
export const isFree = ({settings}: Run): boolean => settings.provider === 'offline';
