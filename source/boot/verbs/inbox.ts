import {basename} from 'node:path';
import {age} from '../../../components/parts/age.ts';
import type {Context} from '../context.ts';
import {firstLine} from '../describe-run.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {openRequestsIn} from '../open-requests.ts';
import {presentRequest} from '../present.ts';
import {askerOf, askInOneLine, blockedBy} from '../request-words.ts';
import {table} from '../table.ts';
import {columnsOf, print, printJson} from '../terminal.ts';
import {withLogIfAny} from '../with-log.ts';

/** All that waits for a person, oldest first. `now` is ms since 1970. */
export const inbox = (context: Context, now: number): ExitCode => {
	const {terminal, flags} = context;
	const waiting = withLogIfAny(context, log => openRequestsIn(log, flags.run)) ?? [];
	const presented = waiting.map(({run, request}) => ({runId: run.id, ...presentRequest(run, request)}));
	if (flags.json === true) printJson(terminal, {version: 1, requests: presented}, 'page');
	else if (waiting.length === 0) print(terminal, 'Nothing waits for you.');
	else
		print(
			terminal,
			table(
				[
					['REQUEST', 'KIND', 'AGE', 'FOLDER', 'ASKED BY', 'BLOCKS', 'WHAT'],
					...waiting.map(({run, request}) => [
						request.id,
						request.ask.kind,
						`${age(now - request.openedAt)}${request.overdueAt === undefined ? '' : ', overdue'}`,
						basename(run.settings.dir),
						askerOf(run, request) ?? '-',
						blockedBy(run, request).join(', ') || '-',
						firstLine(askInOneLine(request.ask)),
					]),
				],
				{
					columns: columnsOf(terminal),
					cut: {WHAT: 24, BLOCKS: 8, FOLDER: 8, 'ASKED BY': 10},
					spare: ['FOLDER', 'BLOCKS', 'KIND', 'ASKED BY'],
				},
			),
		);
	return exitCodes.done;
};
