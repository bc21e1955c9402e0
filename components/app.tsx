import {Box, Text, useCursor, useIsScreenReaderEnabled, useWindowSize} from 'ink';
import {memo, useLayoutEffect, useSyncExternalStore} from 'react';
import {paneNames} from './layout.ts';
import type {Layer, Screen} from './screen.ts';
import {type Shown, StoreContext, useShown} from './store-context.tsx';
import {useKeys} from './use-keys.ts';

/** A layer is one text: its lines are drawn already, and as wide as its box. */
const LayerBox = memo(({layer: {rect, text}}: {readonly layer: Layer}) => (
	<Box position="absolute" left={rect.x} top={rect.y} width={rect.width} height={rect.height} overflow="hidden">
		<Text>{text}</Text>
	</Box>
));

/** Without a picture: only what the person looks at between the bars, one text below the other. */
const SpokenScreen = ({layers, focus}: Screen) => (
	<Box flexDirection="column">
		{layers
			.filter(({name}) => name === focus || !paneNames.some(pane => pane === name))
			.map(({name, text}) => (
				<Text key={name}>{text.replace(/[│╭╮╰╯─├└]/g, '').replace(/ +$/gm, '')}</Text>
			))}
	</Box>
);

const Window = () => {
	const {loop} = useShown();
	const {columns, rows} = useWindowSize();
	useLayoutEffect(() => loop.resize(columns, rows), [loop, columns, rows]);
	const screen = useSyncExternalStore(loop.subscribe, loop.screen);
	const spoken = useIsScreenReaderEnabled();
	const {setCursorPosition} = useCursor();
	setCursorPosition(spoken || screen.cursor === undefined ? undefined : {...screen.cursor});
	useKeys();
	if (spoken) return <SpokenScreen {...screen} />;
	// Until the new screen is drawn after a resize, the old one is cut: a row too many would clear everything.
	return (
		<Box width={columns} height={rows} overflow="hidden">
			{screen.layers.map(layer => (
				<LayerBox key={layer.name} layer={layer} />
			))}
		</Box>
	);
};

/** The whole window. */
export const App = ({shown}: {readonly shown: Shown}) => (
	<StoreContext shown={shown}>
		<Window />
	</StoreContext>
);
