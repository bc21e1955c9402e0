import {describe, expect, it} from 'vitest';
import type {Signal} from '../../source/domain/signal.ts';
import {createRedactor} from '../../source/policy/redact.ts';
import {redactMessage} from '../../source/policy/redact-messages.ts';
import {redactingSignals} from '../../source/policy/redact-signals.ts';
import {samplesOf} from './redact-samples.ts';

const blankValue = 'three small boats at pier 7';
const redactor = createRedactor([{name: 'BOATS_TOKEN', value: blankValue}]);
const samples = [...samplesOf(), {shape: 'BOATS_TOKEN', secret: blankValue, text: `say ${blankValue} now`}];

const shownOf = (pieces: readonly string[]): string => {
	const stream = redactor.stream();
	return pieces.map(stream.push).join('') + stream.flush();
};

/** The longest stretch of a secret that no cut may let through. */
const tellingOf = (secret: string): string =>
	secret
		.split('\n')
		.filter(line => !line.startsWith('-----'))
		.toSorted((a, b) => b.length - a.length)[0] ?? '';

describe('a text that comes in pieces', () => {
	it.each(samples.map((sample, i) => [`${sample.shape} ${i}`, sample] as const))(
		'never shows a secret, wherever it is cut: %s',
		(_, {secret, text}) => {
			const given = `Here it is: ${text}\nand more.`;
			const whole = redactor.text(given);
			const telling = tellingOf(secret);
			const start = given.indexOf(secret);
			for (let cut = Math.max(0, start - 40); cut <= Math.min(given.length, start + secret.length + 2); cut++)
				expect([cut, shownOf([given.slice(0, cut), given.slice(cut)])]).toEqual([cut, whole]);
			for (const size of [1, 3, 7, 40]) {
				const pieces = given.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
				expect(shownOf(pieces)).not.toContain(telling.slice(0, 16));
			}
		},
	);

	it('is the same text when it has no secret in it, and is shown word by word', () => {
		const text = 'Boats lie at the pier.\n\n\tconst password = read();\n日本語 👩‍🚀 -----BEGIN nothing at all\n'.repeat(
			50,
		);
		for (const size of [1, 5, 64, 5000])
			expect(shownOf(text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [])).toBe(text);
		const stream = redactor.stream();
		expect(stream.push('The first words of a long text ')).toBe('The ');
		expect(createRedactor([]).stream().push('The first words and a par')).toBe('The first words and a ');
	});

	it('is held back no further than a bound, also when it has no blank, and is whole in the end', () => {
		const stream = createRedactor([]).stream();
		const piece = 'abcdefghij'.repeat(10);
		let shown = 0;
		let most = 0;
		for (let n = 1; n <= 2000; n++) {
			shown += stream.push(piece).length;
			most = Math.max(most, n * piece.length - shown);
		}
		expect(most).toBeLessThan(20_000);
		expect(shown + stream.flush().length).toBe(2000 * piece.length);
	});

	it('may hold a private key that never ends: nothing of it is shown, and little is kept', () => {
		const stream = createRedactor([]).stream();
		let shown = stream.push('-----BEGIN RSA PRIVATE KEY-----\n');
		for (let n = 0; n < 2000; n++) shown += stream.push(`${`k${n}Q7xW`.repeat(12).slice(0, 64)}\n`);
		shown += stream.flush();
		expect(shown.trimEnd()).toBe('[redacted:private-key]');
	});
});

describe('signals', () => {
	const [sample] = samples;
	const secret = sample?.secret ?? '';
	const delta = (kind: 'text' | 'thinking' | 'tool_input', text: string, n = 1): Signal => ({
		type: 'turn.delta',
		runId: 'run_a',
		agentId: 'agent_a_1',
		turnId: `turn_a_${n}`,
		kind,
		text,
	});
	const output = (text: string): Signal => ({
		type: 'call.output',
		runId: 'run_a',
		agentId: 'agent_a_1',
		callId: 'call_a_1',
		text,
	});

	it('of several turns, kinds and calls do not mix, and what is held comes at the end of each', () => {
		const heard: Signal[] = [];
		const {signal, end} = redactingSignals(createRedactor([]))(each => void heard.push(each));
		const [first, second] = [secret.slice(0, 20), secret.slice(20)];
		for (const half of [`the key ${first}`, `${second} ends`]) {
			signal(delta('text', half));
			signal(delta('thinking', half));
			signal(delta('tool_input', half, 2));
			signal(output(half));
		}
		const said = () =>
			Object.groupBy(heard, each =>
				each.type === 'turn.delta' ? `${each.turnId} ${each.kind}` : each.type === 'call.output' ? each.callId : '',
			);
		const textOf = (signals: readonly Signal[] | undefined): string =>
			signals?.map(each => ('text' in each ? each.text : '')).join('') ?? '';
		expect(Object.values(said()).map(textOf)).toEqual(Array(4).fill('the key [redacted:anthropic-key] '));
		end('turn_a_1');
		expect(textOf(said()['turn_a_1 text'])).toBe('the key [redacted:anthropic-key] ends');
		expect(textOf(said()['turn_a_2 tool_input'])).toBe('the key [redacted:anthropic-key] ');
		end('call_a_1');
		end('call_a_1');
		expect(textOf(said()['call_a_1'])).toBe('the key [redacted:anthropic-key] ends');
	});
});

describe('messages to the engine', () => {
	it('lose their secrets, and the folders of a run keep their names', () => {
		const [sample] = samples;
		const secret = sample?.secret ?? '';
		expect(
			redactMessage(redactor, {type: 'agent.message', runId: 'run_a', agentId: 'agent_a_1', text: `use ${secret}`}),
		).toMatchObject({text: 'use [redacted:anthropic-key]'});
		const report = {
			type: 'call.ended',
			agentId: 'agent_a_1',
			callId: 'call_a_1',
			isError: false,
			output: 'fine',
			touched: [],
		} as const;
		expect(redactMessage(redactor, report)).toBe(report);
	});
});
