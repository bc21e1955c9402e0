import {Writable} from 'node:stream';
import {expect, it} from 'vitest';
import {createContext} from '../../source/boot/context.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import {exportRun} from '../../source/boot/verbs/export.ts';
import {fillHome} from '../cli/filled-home.ts';
import {fakeTerminal} from './fake-terminal.ts';
import {temporaryFolder} from './temporary-folder.ts';

it('does not read a run faster than it is taken at the other end of a pipe', async () => {
	const home = temporaryFolder();
	fillHome(home, [{runId: 'run_made1', steps: 5}]);
	let lines = 0;
	let heldMost = 0;
	const slow = new Writable({
		highWaterMark: 1,
		write(_line, _encoding, done) {
			lines++;
			heldMost = Math.max(heldMost, slow.writableLength);
			setImmediate(done);
		},
	});
	let longest = 0;
	const stdout = Object.assign(slow, {columns: 80, rows: 24});
	const write = slow.write.bind(slow);
	stdout.write = (line: string): boolean => {
		longest = Math.max(longest, Buffer.byteLength(line));
		return write(line);
	};
	const {terminal} = fakeTerminal(false);
	const {flags} = parseArguments(['export'], '1.2.3');
	const context = createContext(flags, {...terminal, stdout}, {FLOTILLA_HOME: home}, {}, '1.2.3');
	expect(await exportRun(context, 'made1', '-')).toBe(0);
	expect(lines).toBeGreaterThan(50);
	expect(heldMost).toBeLessThanOrEqual(longest);
});
