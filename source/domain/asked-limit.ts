import type {LimitOwner} from './budget.ts';
import type {Ask, Request} from './request.ts';
import {limitKey, type Run} from './run.ts';

/** Whose limit a request is about. */
export const ownerOfAsk = (
	{stepId}: Pick<Request, 'stepId'>,
	{scope, what, of}: Extract<Ask, {kind: 'budget'}>,
): LimitOwner => ({scope, what, agentId: of, stepId: scope === 'step' ? stepId : undefined});

/**
 * What still asks about a limit asks about the one there is now: it may have been raised, though not by as much as is
 * needed. What was answered keeps the limit it was about.
 */
export const withAskedLimit = (run: Run, owner: LimitOwner, limit: number | undefined): Run => {
	if (limit === undefined) return run;
	const key = limitKey(owner);
	const isMeant = ({status, ask, stepId}: Request): boolean =>
		status.kind === 'open' && ask.kind === 'budget' && limitKey(ownerOfAsk({stepId}, ask)) === key;
	if (!run.requests.some(isMeant)) return run;
	return {
		...run,
		requests: run.requests.map(request =>
			isMeant(request) && request.ask.kind === 'budget' ? {...request, ask: {...request.ask, limit}} : request,
		),
	};
};
