import type {Stamped} from '../domain/event.ts';
import type {RunId} from '../domain/id.ts';
import type {Signal} from '../domain/signal.ts';

/**
 * The form of what goes over the socket: one JSON value a line. It counts up whenever a command, an event or a frame
 * changes so that the other side would misread it; `test/host/wire.test.ts` holds it to that.
 *
 * `hello`, `refused`, `over` and the question `retire` never change, so that engines and clients of all versions can
 * part in peace.
 */
export const wireVersion = 4;

/** What can be asked of an engine; each is answered once. */
export type Question = 'send' | 'carry' | 'history' | 'runs' | 'search' | 'status' | 'stop' | 'makeWay' | 'retire';

/** One build of a version: another one may differ in anything but the form of the wire. */
export type Build = {
	readonly id: string;
	/** ms since 1970. */
	readonly at: number;
};

export type ToEngine =
	| {readonly type: 'hello'; readonly wire: number; readonly version: string; readonly token: string}
	| {readonly type: 'ask'; readonly id: number; readonly question: Question; readonly input?: unknown}
	| {readonly type: 'subscribe'; readonly id: number; readonly after: number; readonly runId?: RunId | undefined}
	| {readonly type: 'unsubscribe'; readonly id: number};

/** Why an engine ends. */
export type EndWord = 'stopped' | 'idle' | 'retired';

export type FromEngine =
	| {readonly type: 'welcome'; readonly version: string; readonly build?: Build | undefined; readonly pid: number}
	| {
			readonly type: 'refused';
			/** `wire`: it speaks another form; `retire` may still be asked. `token`: it does not know who asks. */
			readonly why: 'wire' | 'token';
			readonly wire: number;
			readonly version: string;
			readonly pid: number;
	  }
	/** No answer is an answer: a command that was taken. */
	| {readonly type: 'answer'; readonly id: number; readonly value?: unknown}
	| {readonly type: 'fault'; readonly id: number; readonly message: string}
	| {readonly type: 'events'; readonly id: number; readonly batch: readonly Stamped[]}
	| {readonly type: 'signal'; readonly id: number; readonly signal: Signal}
	/** The engine ends, and says why. */
	| {readonly type: 'over'; readonly why: EndWord};

export const lineOf = (frame: ToEngine | FromEngine): string => `${JSON.stringify(frame)}\n`;
