import {describe, expect, it} from 'vitest';
import {claimWords} from '../../components/parts/claim-words.ts';
import {packetWord} from '../../components/parts/packet-word.ts';
import {nothingChanged} from '../../source/domain/packet.ts';

describe('the word for a report', () => {
	it.each([
		['VERIFIED', 'passed: test', 'checked'],
		['UNVERIFIED', 'the project names no check', 'not checked'],
		['UNVERIFIED', nothingChanged, 'no check needed'],
		['FAIL', 'failed checks: test', 'failed'],
		['PENDING_REVIEW', undefined, 'needs review'],
	] as const)('of %s, %s, is "%s"', (status, reason, word) => {
		expect(packetWord(reason === undefined ? {status} : {status, reason})).toBe(word);
	});

	it('is told as what the agent says while only the agent has said it', () => {
		expect(claimWords('VERIFIED')).toBe('says it is checked');
		expect(claimWords('PENDING_REVIEW')).toBe('says it needs review');
		expect(claimWords('Splendid')).toBe('says Splendid');
	});
});
