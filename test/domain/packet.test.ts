import fc from 'fast-check';
import {expect, test} from 'vitest';
import {guessTokens} from '../../source/domain/message.ts';
import {boundPacket, type Packet, packetTokensMax} from '../../source/domain/packet.ts';

const tokens = ({summary, findings, produced, risks}: Packet): number =>
	guessTokens([summary, ...findings, ...produced, ...risks].join('\n').length);

const long = (characters: number): string => 'word '.repeat(characters / 5);

test('a packet of any size weighs at most 2,000 tokens, and a small one is left as it is', () => {
	const words = fc.nat({max: 12_000}).map(length => 'x'.repeat(length));
	const some = fc.array(
		fc.nat({max: 3000}).map(length => 'y'.repeat(length)),
		{maxLength: 12},
	);
	fc.assert(
		fc.property(words, some, some, some, (summary, findings, produced, risks) => {
			const packet: Packet = {status: 'VERIFIED', summary, findings, produced, risks};
			const bounded = boundPacket(packet);
			expect(tokens(bounded)).toBeLessThanOrEqual(packetTokensMax);
			if (tokens(packet) < packetTokensMax / 2) expect(bounded).toEqual(packet);
		}),
	);
});

test('risks go first, then the later findings', () => {
	const packet: Packet = {
		status: 'VERIFIED',
		summary: 'Short.',
		findings: ['first', long(4000), long(4000)],
		produced: ['report.md'],
		risks: ['a risk'],
	};
	expect(boundPacket(packet)).toEqual({...packet, risks: [], findings: ['first', long(4000)]});
});

test('a long summary is cut at its end, and the paths of what was written stay', () => {
	const packet: Packet = {status: 'VERIFIED', summary: long(20_000), findings: [], produced: ['report.md'], risks: []};
	const bounded = boundPacket(packet);
	expect(bounded.produced).toEqual(['report.md']);
	expect(bounded.summary.endsWith(' …')).toBe(true);
	expect(tokens(bounded)).toBeGreaterThan(packetTokensMax - 20);
});
