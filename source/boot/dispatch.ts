import {systemClock} from '../engine/clock.ts';
import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import {type ExitCode, exitCodes} from './exit-code.ts';
import {helpOf, helpText} from './help-text.ts';
import {keepHeapSmall} from './keep-heap-small.ts';
import type {Arguments} from './parse-arguments.ts';
import {print} from './terminal.ts';
import {isActing} from './verb-table.ts';
import {act} from './verbs/act.ts';
import {agent, agents} from './verbs/agents.ts';
import {completion} from './verbs/completion.ts';
import {cost} from './verbs/cost.ts';
import {engine} from './verbs/engine.ts';
import {inbox} from './verbs/inbox.ts';
import {logs} from './verbs/logs.ts';
import {ls} from './verbs/ls.ts';
import {replay} from './verbs/replay.ts';
import {search} from './verbs/search.ts';
import {show} from './verbs/show.ts';
import {status} from './verbs/status.ts';
import {task, tasks} from './verbs/tasks.ts';

/**
 * Calls what was asked for. Verbs that scripts and people use often are loaded with the program, for they must answer at
 * once; what needs configuration, models, checks or a window is loaded when it is called.
 */
export const dispatch = async (context: Context, {request, flags}: Arguments, defects: Defects): Promise<ExitCode> => {
	const window = context.terminal.interactive && flags.nonInteractive !== true && flags.json !== true;
	if (window) keepHeapSmall();
	const withHome = async (first?: (context: Context) => Promise<ExitCode>): Promise<ExitCode> =>
		(await import('./verbs/home.ts')).home(context, defects, first);
	if (request.kind === 'open') {
		const {goal} = request;
		if (window && goal === undefined) return withHome();
		const {open} = await import('./verbs/open.ts');
		return window ? withHome(inner => open(inner, goal, window, defects)) : open(context, goal, window, defects);
	}
	if (request.kind === 'help') {
		// Where it is no terminal, it has no columns.
		const {columns} = context.terminal.stdout;
		print(context.terminal, request.verb === undefined ? helpText(columns) : helpOf(request.verb, columns));
		return exitCodes.done;
	}
	const {verb, words} = request;
	const [subject, second] = words;
	const now = systemClock.now();
	if (isActing(verb)) return act(context, verb, words, defects);
	switch (verb) {
		case 'ls':
			return ls(context);
		case 'status':
			return status(context, subject, now);
		case 'show':
			return show(context, subject, now);
		case 'agents':
			return agents(context, subject, now);
		case 'agent':
			return agent(context, subject ?? '', now);
		case 'tasks':
			return tasks(context, subject);
		case 'task':
			return task(context, subject ?? '');
		case 'inbox':
			return inbox(context, now);
		case 'logs':
			return logs(context, subject, systemClock, defects.signal);
		case 'watch':
			return (await import('./verbs/watch.ts')).watch(context, subject, systemClock, defects.signal);
		case 'cost':
			return cost(context, subject);
		case 'search':
			return search(context, subject ?? '');
		case 'replay':
			return replay(context, subject, systemClock);
		case 'engine':
			return engine(context, words, defects);
		case 'completion':
			return completion(context, subject ?? '');
		case 'run':
			return (await import('./verbs/run.ts')).run(context, subject ?? '', false, defects);
		case 'resume':
		case 'attach': {
			const go =
				verb === 'resume' ? (await import('./verbs/resume.ts')).resume : (await import('./verbs/attach.ts')).attach;
			const work = (inner: Context): Promise<ExitCode> => go(inner, subject, window, defects);
			return window ? withHome(work) : work(context);
		}
		case 'doctor':
			return (await import('./verbs/doctor.ts')).doctor(context);
		case 'trust':
			return (await import('./verbs/trust.ts')).trust(context, defects.signal);
		case 'backup':
			return (await import('./verbs/backup.ts')).backup(context, subject, systemClock);
		case 'export':
			return (await import('./verbs/export.ts')).exportRun(context, subject, second);
		case 'import':
			return (await import('./verbs/import.ts')).importRun(context, subject ?? '', systemClock);
		case 'purge':
			return (await import('./verbs/purge.ts')).purge(context, subject ?? '', defects.signal);
		default:
			return verb satisfies never;
	}
};
