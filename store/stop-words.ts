import type {Ask} from '../source/domain/request.ts';

/** What is stopped by who says no to more, at a limit that is reached. */
export const stopWords = ({scope}: Pick<Extract<Ask, {kind: 'budget'}>, 'scope'>): string =>
	`stop ${scope === 'run' || scope === 'day' ? 'the run' : 'the agent'}`;
