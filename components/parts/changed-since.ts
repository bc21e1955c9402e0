import {callOf} from '../../source/domain/agent.ts';
import type {Request} from '../../source/domain/request.ts';
import {agentIn, type Run} from '../../source/domain/run.ts';
import {type FileUse, pathIn} from '../../store/file-use.ts';

/**
 * That an agent has changed the file since somebody asked to change it, in words: what is shown is how it was then.
 * Undefined when none is known to have, which says nothing of commands and of others.
 */
export const changedSince = (
	run: Run,
	{ask, agentId, openedAt}: Request,
	uses: readonly FileUse[],
): string | undefined => {
	const agent = agentIn(run, agentId);
	if (ask.kind !== 'call' || ask.preview.format !== 'diff' || agent === undefined) return undefined;
	const asked = pathIn(callOf(agent, ask.callId)?.input);
	if (asked === '') return undefined;
	const path = asked.startsWith('/') ? asked : `${run.settings.dir}/${asked.replace(/^(\.\/)+/, '')}`;
	const use = uses.findLast(({how, path: written, at}) => how === 'written' && at >= openedAt && written === path);
	if (use === undefined) return undefined;
	return `${agentIn(run, use.agentId)?.name ?? use.agentId} has changed this file since: below it is as it was when this was asked.`;
};
