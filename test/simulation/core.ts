import {decide} from '../../source/domain/decide.ts';
import {effectsOf} from '../../source/domain/effects-of.ts';
import {evolve} from '../../source/domain/evolve.ts';
import {wakeAt} from '../../source/domain/overdue.ts';

/** What is under test. The world is given one, so that a planted defect is a wrapped function and never edited source. */
export type Core = {
	readonly decide: typeof decide;
	readonly evolve: typeof evolve;
	readonly effectsOf: typeof effectsOf;
	readonly wakeAt: typeof wakeAt;
};

export const soundCore: Core = {decide, evolve, effectsOf, wakeAt};
