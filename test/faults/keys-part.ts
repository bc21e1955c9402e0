import {takeTour} from './keys-run.ts';
import type {Part} from './part.ts';

/** So many presses reach every key of every view; fewer are a try. */
const longPresses = 5000;

/** A cat on the keyboard: presses by chance, in a real terminal, over a fleet at work. */
export const keysPart: Part = {
	name: 'keys',
	about: 'keys, pastes, resizes and oddities by chance in a real window over a busy fleet',
	run: async ({presses, seed, onProgress}) => {
		const tour = await takeTour({seed, presses, isLong: presses >= longPresses, onProgress});
		const {windows, resizes, compared, pairs, pairsPressed, problems} = tour;
		const counts = {
			presses: tour.presses,
			windows,
			resizes,
			'screens compared': compared,
			'keys of views': pairs,
			'of these pressed': pairsPressed,
		};
		return [{name: `seed ${seed}`, counts, problems}];
	},
};
