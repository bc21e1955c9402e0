import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import {messaged, newEvents} from './sample-events.ts';

/** A process that stores one batch of three after the other and says the last number of each, until it is killed. */
const log = createEventLog(openDatabase(process.argv[2] ?? ''));
for (let n = 0; ; n++) {
	const batch = log.append(
		newEvents(
			'run_a',
			[1, 2, 3].map(part => messaged('agent_x_1', n * 3 + part)),
		),
		[],
	);
	process.stdout.write(`${batch.at(-1)?.seq}\n`);
}
