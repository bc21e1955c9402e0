import type {View} from '../../store/action.ts';
import {contextOf} from '../../store/context.ts';
import type {Overlay} from '../../store/overlay.ts';
import {paletteRows} from '../../store/palette.ts';
import {drawApproveSome} from './approve-some.ts';
import {type CostsInput, drawCosts} from './costs.ts';
import {drawForm, drawKill, drawQuit, drawRemove} from './dialogs.ts';
import {drawEvent} from './event.ts';
import {createFilesPainter, type FilesInput} from './files.ts';
import {drawFind} from './find.ts';
import {drawHelpOverlay} from './help.ts';
import type {OverlayPicture, OverlayScene} from './overlay-picture.ts';
import {drawPalette} from './palette.ts';
import {drawPeek, type PeekInput} from './peek.ts';
import {createRequestsPainter, type ReadShellLine} from './requests.ts';
import {drawStepDetails} from './step-details.ts';
import {drawStepFields} from './step-fields.ts';
import {createTranscriptPainter, type TranscriptInput} from './transcript.ts';

type OverlayInput = TranscriptInput &
	PeekInput &
	FilesInput &
	CostsInput & {
		/** How many agents have not ended. */
		readonly atWork: number;
		/** What is in front of the person without a palette. */
		readonly view: View;
	};

type OverlayPainter = (scene: OverlayScene, input: OverlayInput, overlay: Overlay) => OverlayPicture;

export const createOverlayPainter = (readLine: ReadShellLine): OverlayPainter => {
	const drawRequestsOverlay = createRequestsPainter(readLine);
	const drawFilesOverlay = createFilesPainter();
	const drawTranscriptOverlay = createTranscriptPainter();
	return (scene, input, overlay) => {
		const {run} = input;
		switch (overlay.kind) {
			case 'help': {
				const {ui, keymap} = input.view;
				const below = contextOf({...ui, overlays: ui.overlays.slice(0, -1)});
				return drawHelpOverlay(scene, keymap, below, overlay);
			}
			case 'transcript':
				return drawTranscriptOverlay(scene, input, overlay);
			case 'step':
				return drawStepDetails(scene, run, overlay);
			case 'requests':
				return drawRequestsOverlay(scene, run, input.files, input.view, overlay);
			case 'find':
				return drawFind(scene, {overlay, runId: run?.id});
			case 'palette':
				return drawPalette(scene, paletteRows(input.view, overlay.query.text), overlay);
			case 'peek':
				return drawPeek(scene, input);
			case 'event':
				return drawEvent(scene, input.view, overlay);
			case 'files':
			case 'file':
				return drawFilesOverlay(scene, input, overlay);
			case 'costs':
				return drawCosts(scene, input, overlay);
			case 'form':
				return drawForm(scene, run, overlay);
			case 'fields':
				return drawStepFields(scene, run, overlay);
			case 'approve':
				return drawApproveSome(scene, input.view, overlay);
			case 'remove':
				return drawRemove(scene, input.view, overlay);
			case 'kill':
				return drawKill(scene, input.view, overlay);
			case 'quit':
				return drawQuit(scene, input.view, input.atWork);
			default:
				return overlay satisfies never;
		}
	};
};
