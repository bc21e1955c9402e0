import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {isSameStart, readMachineStart} from '../../source/boot/machine-start.ts';
import {pathsOf} from '../../source/boot/paths.ts';
import {temporaryFolder} from './temporary-folder.ts';

it('a machine that was started anew is known by the next engine, once', () => {
	const paths = pathsOf({FLOTILLA_HOME: temporaryFolder()});
	const file = join(paths.state, 'engine.start');
	const isAnew = (): boolean => readMachineStart(paths, Date.now()).isAnew;
	expect(isAnew()).toBe(false);
	readMachineStart(paths, Date.now()).note();
	expect(isAnew()).toBe(false);
	const start = readFileSync(file, 'utf8');
	writeFileSync(file, 'another-start');
	expect(isAnew()).toBe(true);
	expect(isAnew()).toBe(true);
	readMachineStart(paths, Date.now()).note();
	expect(readFileSync(file, 'utf8')).toBe(start);
	expect(isAnew()).toBe(false);
});

it('where a start has no name, its time is one, as near as clocks are kept', () => {
	expect(isSameStart('1795251600000', '1795251601500')).toBe(true);
	expect(isSameStart('1795251600000', '1795255200000')).toBe(false);
	expect(isSameStart('b1c0', 'b1c1')).toBe(false);
});
