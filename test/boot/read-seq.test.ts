import {expect, test} from 'vitest';
import {readSeq} from '../../source/boot/read-seq.ts';

test('the number of an event is taken as the window shows it and as the log has it', () => {
	expect(readSeq('--until', '#314')).toBe(314);
	expect(readSeq('--until', '314')).toBe(314);
});

test.each(['', '#', 'noon', '-1', '1.5', '##3'])('"%s" is no number of an event', text => {
	expect(() => readSeq('--until', text)).toThrow(`--until is the number of an event, such as 120; "${text}" is not.`);
});
