/** What went wrong in operation: a value, stored in an event, sorted by who can act on it. */
export const failureKinds = [
	'throttled', // the provider asks us to wait (429)
	'overloaded', // the provider is too busy (529, 503)
	'server', // the provider failed (5xx)
	'dropped', // the connection broke, before or within the stream
	'stalled', // nothing arrived for too long, or a turn took longer than it may
	'malformed', // the reply did not follow its protocol
	'unauthorized', // the key was refused (401, 403)
	'unknown_model', // no such model (404)
	'refused', // the request itself was refused (400 and other 4xx)
	'quota', // credit or quota is used up
	'aborted', // we cut it off: interrupt, kill, stop
	'lost', // the process died before the outcome was known
	'max_turns', // the agent used all its turns
	'tool_budget', // the agent used all its tool calls
	'budget', // a limit was reached and not raised
	'blocked', // the agent could not go on, and nobody helped
	'invalid_plan', // no valid plan could be had
	'defect', // our own code failed
] as const;

export type FailureKind = (typeof failureKinds)[number];

export type Failure = {
	readonly kind: FailureKind;
	/** What was tried, what happened, what to do. */
	readonly message: string;
	/** How long the provider asked us to wait. */
	readonly retryAfterMs?: number;
};
