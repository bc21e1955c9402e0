import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import type {EventLog} from '../../source/engine/event-log.ts';

/** A real log in a folder of its own, gone when the test is over. */
export const openTempLog = (): EventLog => {
	const folder = mkdtempSync(join(tmpdir(), 'flotilla-log-'));
	const log = createEventLog(openDatabase(join(folder, 'flotilla.db')));
	onTestFinished(() => {
		log.close();
		rmSync(folder, {recursive: true});
	});
	return log;
};
