import type {CallEffect, ControlAct, FileTouch, Preview} from '../domain/call.ts';
import type {Subject} from '../policy/rule-match.ts';
import type {Folders, Place, Refusal} from '../workspace/jail.ts';

/** Where a call works: the person's folder, and the run's own folder for deliverables, where writing needs no yes. */
export type Site = Folders & {
	readonly abort: AbortSignal;
	/** Output as it comes, cleaned, for whoever watches. */
	readonly onOutput: (text: string) => void;
	/** Whether a rule closes a file, given as tools show it, to reading; searches leave it out. Undefined: none does. */
	/**
	 * Takes secrets out of a text and keeps its lines. What is stored is redacted anyway; a tool that cuts a text does so
	 * after this, for half a secret looks like none.
	 */
	readonly redact: (text: string) => string;
	readonly isClosed?: (shown: string) => boolean;
	/** Names the call among all calls there ever were, such as `run_…/call_…`: what it starts carries it. */
	readonly mark: string;
	/** Whether the network may be used to reach a host, given in lower case; may wait for a person. */
	readonly mayReach: (host: string) => Promise<boolean>;
	/** Whether an allow rule names this very host: then it may lie in a private network, or be this machine. */
	readonly namesHost: (host: string) => boolean;
};

export type ToolOutcome = {
	/** What the model reads, bounded (see `boundOutput`) and cleaned of what would act on a terminal. */
	readonly text: string;
	readonly isError: boolean;
	/** By absolute real path. */
	readonly touched: readonly FileTouch[];
};

/** What a call would do, found out before it is allowed. */
export type CallWeight = {
	readonly effect: CallEffect;
	readonly preview: Preview;
	/** Every path the call names, as the jail resolved it; one refusal among them is a denial. */
	readonly places: readonly (Place | Refusal)[];
	/** What rules are matched against; undefined: the places. */
	readonly subject?: Subject;
	/** Why the call cannot work, in words the model can act on: then nobody need be asked about it. */
	readonly problem?: string;
};

/** A call whose input was understood, or was not. */
export type PreparedCall =
	| {
			readonly kind: 'work';
			readonly weigh: (site: Site) => Promise<CallWeight>;
			/** Never throws for what the model, the file system or a program did. Paths are resolved anew. */
			readonly run: (site: Site) => Promise<ToolOutcome>;
	  }
	/** It speaks to the engine instead of the world: it has no effect outside the run. */
	| {readonly kind: 'control'; readonly act: ControlAct; readonly preview: Preview}
	/** The input does not fit; the words name what is wrong and list the fields. */
	| {readonly kind: 'problem'; readonly words: string};

/** A JSON schema, as vendors take it. */
export type InputSchema = Readonly<Record<string, unknown>>;

/**
 * A thing an agent can do. The words the model reads lie in a `.md` beside the tool. The type of the input stays
 * within the tool: whoever calls hands over what the model wrote and gets a prepared call back.
 */
export type Tool = {
	readonly name: string;
	readonly description: string;
	readonly input: InputSchema;
	readonly prepare: (input: unknown) => PreparedCall;
};
