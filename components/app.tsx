import {Box, Text, useApp, useCursor, useIsScreenReaderEnabled, useWindowSize} from 'ink';
import {memo, useLayoutEffect, useSyncExternalStore} from 'react';
import type {Layer, Screen} from './screen.ts';
import {spokenWords} from './spoken-words.ts';
import {type Shown, StoreContext, useShown} from './store-context.tsx';
import {useKeys} from './use-keys.ts';

/** A layer is one text: its lines are drawn already, and as wide as its box. */
const LayerBox = memo(({layer: {rect, text}}: {readonly layer: Layer}) => (
	<Box position="absolute" left={rect.x} top={rect.y} width={rect.width} height={rect.height} overflow="hidden">
		<Text>{text}</Text>
	</Box>
));

/** Without a picture: what there is to read, line by line. */
const SpokenScreen = ({screen, columns}: {readonly screen: Screen; readonly columns: number}) => (
	<Text>{spokenWords(screen, columns).join('\n')}</Text>
);

/** The loop learns how large the terminal is. */
const useSize = () => {
	const {loop} = useShown();
	const size = useWindowSize();
	const {columns, rows} = size;
	useLayoutEffect(() => loop.resize(columns, rows), [loop, columns, rows]);
	return size;
};

/** The terminal can be lent to a program of the person. */
const useLease = () => {
	const {lease} = useShown();
	const {suspendTerminal} = useApp();
	useLayoutEffect(() => lease.offer(suspendTerminal), [lease, suspendTerminal]);
};

const Window = () => {
	const {loop} = useShown();
	const {columns, rows} = useSize();
	useLease();
	const screen = useSyncExternalStore(loop.subscribe, loop.screen);
	const spoken = useIsScreenReaderEnabled();
	const {setCursorPosition} = useCursor();
	setCursorPosition(spoken || screen.cursor === undefined ? undefined : {...screen.cursor});
	useKeys();
	if (spoken) return <SpokenScreen screen={screen} columns={columns} />;
	// Until the new screen is drawn after a resize, the old one is cut: a row too many would clear everything.
	return (
		<Box width={columns} height={rows} overflow="hidden">
			{screen.layers.map(layer => (
				<LayerBox key={layer.name} layer={layer} />
			))}
		</Box>
	);
};

/** The window whose screens a canvas paints: Ink has the keys and the life of the terminal, and an empty frame. */
const PaintedWindow = () => {
	const {loop} = useShown();
	useSize();
	useLease();
	// A defect is met here: React closes the window then.
	const defect = useSyncExternalStore(loop.subscribe, loop.defect);
	if (defect !== undefined) throw defect.error;
	useKeys();
	return null;
};

/** The whole window. */
export const App = ({shown, painted}: {readonly shown: Shown; readonly painted: boolean}) => (
	<StoreContext shown={shown}>{painted ? <PaintedWindow /> : <Window />}</StoreContext>
);
