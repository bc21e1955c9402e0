import {expect, test} from 'vitest';
import {amountText, readAmount} from '../../store/amount.ts';

const dollars = (text: string): number | undefined => {
	const read = readAmount('money', text);
	return 'problem' in read ? undefined : read.amount / 1_000_000_000;
};

test('an amount may be written with its sign and with its thousands parted', () => {
	expect(['5', '$ 2.50', '.5', '5.', '1,500', '1 000.25', '12_000_000'].map(dollars)).toEqual([
		5, 2.5, 0.5, 5, 1500, 1000.25, 12_000_000,
	]);
});

test('what could be another amount is refused', () => {
	for (const text of ['0,500', '2,5000', '1,5', '12,34,567', '1,500,00', '0x10', '1e3', '-3', '0', '', 'Infinity'])
		expect([text, dollars(text)]).toEqual([text, undefined]);
});

test('an amount to type is enough, and no more than that', () => {
	expect([0.0123, 0.07, 2.5].map(usd => amountText('money', usd * 1_000_000_000))).toEqual(['0.02', '0.07', '2.50']);
	expect([amountText('time', 90_000), amountText('turns', 3)]).toEqual(['2', '3']);
});
