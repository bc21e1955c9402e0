import {expect, test} from 'vitest';
import {firstFind} from '../../store/find.ts';
import {createFinder} from '../../store/finder.ts';
import {textBuffer} from '../../store/text-buffer.ts';
import {createManualClock} from '../support/manual-clock.ts';

test('what is typed is searched for after a moment, and not once whoever typed it has left', () => {
	const clock = createManualClock();
	const searched: string[] = [];
	const finder = createFinder({
		search: ({text}) => {
			searched.push(text);
			return Promise.resolve({hits: [], isWhole: true});
		},
		after: clock.after,
		onFound: () => {},
	});
	finder.follow({...firstFind, query: textBuffer('quay')}, undefined);
	clock.advance(1000);
	expect(searched).toEqual(['quay*']);
	finder.follow({...firstFind, query: textBuffer('quays')}, undefined);
	finder.close();
	clock.advance(1000);
	expect(searched).toEqual(['quay*']);
	expect(clock.waiting()).toBe(0);
});
