import type {EventType} from './event.ts';

/** What each event means, in a sentence. Feeds docs/events.md. */
export const eventWords: Readonly<Record<EventType, string>> = {
	'run.created':
		'A goal was given, with everything the run was started with: folder, roles, models and prices, limits.',
	'run.paused': 'No new turn starts: a person said so, or the next turn does not fit the budget.',
	'run.resumed': 'The run goes on after a pause, or after it had failed.',
	'run.suspended': 'Flotilla is being left, or takes the run up again: until `run.recovered`, nothing starts.',
	'run.recovered':
		'The run goes on in another process; what was under way in the last one and is lost is counted here.',
	'run.permitted': 'A person changed what is approved in advance.',
	'run.ended': 'Nothing more can happen: done, failed or stopped, with the reason.',
	'budget.raised': 'The run may cost more, or has no limit any more.',
	'plan.proposed':
		'The plan, a graph of steps, by the model or by template; with the problems of a model’s plan that was not used.',
	'step.approved': 'A step may start as soon as what it needs is done.',
	'step.held': 'A step waits for a later decision.',
	'step.rejected': 'A step will not run; who needs it starts without it and is told the reason.',
	'step.edited': 'A person changed a step before it began.',
	'step.started': 'An agent begins to work on the step.',
	'step.finished': 'The step is done; its packet goes to those who need it.',
	'step.retried': 'A failed step may start once more.',
	'step.failed': 'The step failed; who needs it is blocked until it is retried or rejected.',
	'agent.created': 'An agent exists, with its assignment: the beginning of its conversation.',
	'agent.messaged': 'A person or the engine wrote to the agent; delivered with its next turn.',
	'agent.interrupted': 'A person cut off the agent’s turn; it keeps its context and waits for a message.',
	'agent.continued': 'The agent goes on after an interrupt, or with a new message.',
	'agent.killed': 'A person ended the agent for good.',
	'agent.finished': 'The agent has reported.',
	'agent.failed': 'The agent could not go on.',
	'turn.started': 'A request to the model; the most it can cost is set aside.',
	'turn.finished': 'The reply, as the model gave it, with its usage and cost.',
	'turn.failed': 'The request failed; when it is tried again, and what it cost, if only by estimate.',
	'call.proposed': 'The model asks for a tool.',
	'call.weighed': 'What the call would do, and the rule that allows, asks or denies.',
	'call.started': 'The call is being carried out; it is never started twice.',
	'call.finished': 'What came of the call, and the files it touched; `unknown` when a crash hid its end.',
	'request.opened': 'Something waits for a person: a plan, a call, a question, the budget.',
	'request.answered': 'It was answered, once, by a person or by what was approved in advance.',
	'request.withdrawn': 'What had asked is gone.',
};
