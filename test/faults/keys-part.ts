import {takeTour} from './keys-run.ts';
import type {Part} from './part.ts';

/** A cat on the keyboard: presses by chance, in a real terminal, over a fleet at work. */
export const keysPart: Part = {
	name: 'keys',
	about: 'keys, pastes, resizes and oddities by chance in a real window over a busy fleet',
	run: async ({presses, seed, onProgress}) => {
		const tour = await takeTour(seed, presses, onProgress);
		const {windows, resizes, compared, problems} = tour;
		return [{name: `seed ${seed}`, counts: {presses, windows, resizes, 'screens compared': compared}, problems}];
	},
};
