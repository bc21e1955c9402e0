import {guessTokens, type ReplyBlock} from '../../domain/message.ts';
import type {ModelFacts} from '../../domain/model.ts';
import {noUsage, type Usage} from '../../domain/usage.ts';
import type {ModelRequest, Provider, ProviderItem} from '../provider.ts';
import type {Act} from './act.ts';
import {type Piece, piecesOf} from './pieces.ts';
import {planSurvey} from './plan-survey.ts';
import {readStory, type Story} from './read-story.ts';
import {reviewReport} from './review-report.ts';
import {survey} from './survey.ts';
import {writeReport} from './write-report.ts';

const free = {input: 0, output: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0};

export const offlineModel: ModelFacts = {
	id: 'offline',
	provider: 'offline',
	price: {rates: free, largePrompt: undefined, since: '2026-11-21'},
	contextTokens: 200_000,
	maxOutputTokens: 8192,
};

/** How fast it speaks: `human` is about as fast as one reads, `instant` waits for nothing; a number is tokens per second. */
type Pace = 'human' | 'instant' | number;

/** Calls `fire` once after `ms` milliseconds, unless the returned function is called before. */
type Timer = (ms: number, fire: () => void) => () => void;

const humanTokensPerSecond = 100;

/**
 * A model that is a program: it needs no key and no network, costs nothing, and always answers the same request with
 * the same items. It sees nothing but the request; what it says of the folder, tools have said before.
 */
export const createOffline = ({timer, pace}: {readonly timer: Timer; readonly pace: Pace}): Provider => {
	const tokensPerSecond = pace === 'human' ? humanTokensPerSecond : pace;

	const wait = (piece: Piece, abort: AbortSignal): Promise<void> => {
		if (tokensPerSecond === 'instant') return Promise.resolve();
		const ms = (guessTokens(piece.delta.length) / (tokensPerSecond * piece.speed)) * 1000;
		return new Promise(resolve => {
			const stop = (): void => {
				cancel();
				resolve();
			};
			abort.addEventListener('abort', stop, {once: true});
			const cancel = timer(ms, () => {
				abort.removeEventListener('abort', stop);
				resolve();
			});
		});
	};

	const stream = async function* (request: ModelRequest, abort: AbortSignal): AsyncGenerator<ProviderItem> {
		const input = guessTokens(JSON.stringify([request.system, request.tools, request.messages]).length);
		let story: Story;
		let act: Act;
		try {
			story = readStory(request);
			act = play(story, request);
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			yield {
				type: 'failed',
				failure: {kind: 'defect', message: `The offline model could not answer: ${why}. Please report this.`},
				partial: [],
				usage: {...noUsage, input},
			};
			return;
		}
		let said = 0;
		let text = '';
		for (const piece of piecesOf(act, request.schema !== undefined)) {
			if (!abort.aborted) await wait(piece, abort);
			if (abort.aborted) {
				yield {
					type: 'failed',
					failure: {kind: 'aborted', message: 'The offline model was cut off while it spoke.'},
					partial: text === '' ? [] : [{type: 'text', text}],
					usage: {...noUsage, input, output: guessTokens(said)},
				};
				return;
			}
			said += piece.delta.length;
			if (piece.type === 'text') text += piece.delta;
			yield piece.type === 'tool_input'
				? {type: 'tool_input', name: piece.name, delta: piece.delta}
				: {type: piece.type, delta: piece.delta};
		}
		const usage: Usage = {...noUsage, input, output: guessTokens(said), thinking: guessTokens(act.thinking.length)};
		yield {
			type: 'done',
			content: contentOf(act, story.callCount),
			stopReason: act.calls.length > 0 ? 'tool_use' : 'end_turn',
			usage,
		};
	};

	return {name: 'offline', stream};
};

const play = (story: Story, {schema}: ModelRequest): Act => {
	if (schema !== undefined) return planSurvey(story);
	switch (story.role) {
		case 'writer':
			return writeReport(story);
		case 'reviewer':
			return reviewReport(story);
		default:
			return survey(story);
	}
};

const contentOf = ({thinking, text, calls}: Act, callsBefore: number): readonly ReplyBlock[] => [
	{type: 'thinking', text: thinking, signature: 'offline'},
	{type: 'text', text},
	...calls.map(
		({name, input}, i): ReplyBlock => ({type: 'tool_use', useId: `use_${callsBefore + i + 1}`, name, input}),
	),
];
