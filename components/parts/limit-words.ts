import type {LimitName} from '../../source/domain/limits.ts';

/** A limit by its name: `the run in money`. */
export const limitWords = ({scope, what}: LimitName): string => `the ${scope} in ${what}`;
