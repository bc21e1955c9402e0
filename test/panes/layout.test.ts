import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type Layout, layoutOf, type Rect} from '../../components/layout.ts';
import {type Arrangement, paneSizes, usualArrangement} from '../../store/arrangement.ts';
import {panes} from '../../store/ui.ts';

const anySize = fc.constantFrom(...paneSizes);
const anyArrangement = fc.record({
	sizes: fc.record({plan: anySize, agents: anySize, log: anySize, cost: anySize}),
	hidden: fc.subarray([...panes]),
	full: fc.boolean(),
});

const framesOf = (layout: Layout): readonly Rect[] => [
	layout.header,
	...Object.values(layout.panes).map(place => place.frame),
	layout.prompt,
	layout.footer,
];

const inside = (inner: Rect, outer: Rect): boolean =>
	inner.x >= outer.x &&
	inner.y >= outer.y &&
	inner.x + inner.width <= outer.x + outer.width &&
	inner.y + inner.height <= outer.y + outer.height;

test('every cell of the screen belongs to exactly one part, at every size', () => {
	fc.assert(
		fc.property(
			fc.integer({min: 1, max: 260}),
			fc.integer({min: 1, max: 90}),
			fc.constantFrom(...panes),
			anyArrangement,
			(columns, rows, focus, arrangement) => {
				const layout = layoutOf(columns, rows, {focus, arrangement});
				const owners = new Uint8Array(columns * rows);
				for (const frame of framesOf(layout)) {
					expect(inside(frame, {x: 0, y: 0, width: columns, height: rows})).toBe(true);
					for (let y = frame.y; y < frame.y + frame.height; y++)
						for (let x = frame.x; x < frame.x + frame.width; x++) {
							const cell = y * columns + x;
							owners[cell] = (owners[cell] ?? 0) + 1;
						}
				}
				expect(owners.every(count => count === 1)).toBe(true);
			},
		),
		{numRuns: 300},
	);
});

test('the focused pane is always on screen, with at least one row to draw in', () => {
	fc.assert(
		fc.property(
			fc.integer({min: 1, max: 260}),
			fc.integer({min: 1, max: 90}),
			fc.constantFrom(...panes),
			anyArrangement,
			(columns, rows, focus, arrangement) => {
				const layout = layoutOf(columns, rows, {focus, arrangement});
				const place = layout.panes[focus];
				expect(place?.body.height).toBeGreaterThanOrEqual(1);
				expect(place?.body.width).toBeGreaterThanOrEqual(1);
				for (const {frame, body} of [layout.main, ...Object.values(layout.panes)])
					expect(inside(body, frame)).toBe(true);
			},
		),
		{numRuns: 300},
	);
});

test('80×24 has all four panes side by side, with room for a table', () => {
	const {kind, panes, prompt} = layoutOf(80, 24, {focus: 'plan'});
	expect(kind).toBe('wide');
	expect(panes.plan?.body).toEqual({x: 1, y: 2, width: 32, height: 12});
	expect(panes.cost?.body).toEqual({x: 1, y: 16, width: 32, height: 5});
	expect(panes.agents?.body).toEqual({x: 35, y: 2, width: 44, height: 9});
	expect(panes.log?.body).toEqual({x: 35, y: 13, width: 44, height: 8});
	expect(prompt).toEqual({x: 0, y: 22, width: 80, height: 1});
});

test('the line at the bottom takes one row however large the window is', () => {
	for (const [columns, rows] of [
		[80, 24],
		[120, 40],
		[200, 50],
	] as const)
		expect(layoutOf(columns, rows, {focus: 'plan'}).prompt).toEqual({x: 0, y: rows - 2, width: columns, height: 1});
});

test('under 80 columns panes stand below each other, and the focused one is never dropped', () => {
	expect(Object.keys(layoutOf(79, 24, {focus: 'plan'}).panes)).toEqual(['plan', 'agents', 'log', 'cost']);
	const low = layoutOf(60, 14, {focus: 'cost'});
	expect(low.kind).toBe('stacked');
	expect(Object.keys(low.panes)).toEqual(['plan', 'cost']);
});

test('under 50 columns, under 14 rows and when it has the whole window the focused pane stands alone', () => {
	for (const layout of [
		layoutOf(49, 40, {focus: 'log'}),
		layoutOf(200, 13, {focus: 'log'}),
		layoutOf(200, 50, {focus: 'log', arrangement: {...usualArrangement, full: true}}),
	]) {
		expect(layout.kind).toBe('single');
		expect(Object.keys(layout.panes)).toEqual(['log']);
		expect(layout.panes.log).toEqual(layout.main);
	}
});

test('a larger pane takes room from the others, a hidden one leaves all to them', () => {
	const rows = (options: Partial<Arrangement>, pane: 'plan' | 'agents' | 'log' | 'cost', columns = 120) =>
		layoutOf(columns, 40, {focus: 'agents', arrangement: {...usualArrangement, ...options}}).panes[pane]?.frame;
	const large = {sizes: {...usualArrangement.sizes, agents: 'large' as const}};
	const small = {sizes: {...usualArrangement.sizes, agents: 'small' as const}};
	for (const columns of [120, 70]) {
		const usual = rows({}, 'agents', columns)?.height ?? 0;
		expect(rows(large, 'agents', columns)?.height).toBeGreaterThan(usual);
		expect(rows(small, 'agents', columns)?.height).toBeLessThan(usual);
	}
	expect(rows(large, 'agents')?.width).toBeGreaterThan(rows({}, 'agents')?.width ?? 0);
	expect(rows({hidden: ['log']}, 'agents')?.height).toBe(36);
	expect(rows({hidden: ['plan', 'cost']}, 'agents')?.width).toBe(120);
	expect(rows({hidden: ['agents']}, 'agents')).toBeDefined();
	expect(rows({hidden: ['agents', 'log', 'cost']}, 'cost')).toBeUndefined();
});
