import {expect, test} from 'vitest';
import type {FailureKind} from '../../source/domain/failure.ts';
import {noUsage} from '../../source/domain/usage.ts';
import {draftOf, drive, stepDraft} from './drive.ts';

/** The output tokens booked of a reply that failed when ten had arrived, of the thousand it may have. */
const bookedAfter = (kind: FailureKind): number => {
	const driven = drive();
	driven.plan(draftOf(stepDraft('a')));
	const before = driven.run().ledger.usage.output;
	driven.reply('scout-1', {
		kind: 'failed',
		failure: {kind, message: `It failed: ${kind}.`},
		partial: [{type: 'text', text: 'I was about to'}],
		usage: {...noUsage, input: 500, output: 10},
	});
	expect(driven.run().ledger.estimated).toBeGreaterThan(0);
	return driven.run().ledger.usage.output - before;
};

test.each(['dropped', 'stalled', 'malformed'] as const)('a reply that was %s is booked at the most it can be', kind => {
	expect(bookedAfter(kind)).toBe(1000);
});

test.each(['aborted', 'server'] as const)('a reply that was %s is booked as what had arrived', kind => {
	expect(bookedAfter(kind)).toBe(10);
});
