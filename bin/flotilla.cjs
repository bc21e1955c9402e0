#!/usr/bin/env node
'use strict';

// Any Node must be able to read this file, also a very old one, to be told what is missing: hence `var` and no arrows.
var fs = require('fs');
var path = require('path');

var root = path.join(__dirname, '..');
var needed = [22, 12];
var beside = path.join(root, 'node_modules', 'node', 'bin', 'node');

function refuse(message) {
	process.stderr.write('flotilla: ' + message + '\n');
	process.exit(2);
}

function isNewEnough(version) {
	var parts = version.split('.').map(Number);
	return parts[0] > needed[0] || (parts[0] === needed[0] && parts[1] >= needed[1]);
}

/**
 * In a checkout, a fitting Node lies beside as a development dependency. It runs this same file; to the outside the
 * two are one process: same terminal, same signals, same end.
 */
function relaunch(node) {
	var environment = Object.assign({}, process.env, {FLOTILLA_LAUNCHED: '1'});
	var child = require('child_process').spawn(node, [__filename].concat(process.argv.slice(2)), {
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
		env: environment
	});
	['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
		process.on(signal, function () {
			child.kill(signal);
		});
	});
	child.on('error', function (error) {
		var mend = '. Run `npm ci`, or install Node ' + needed.join('.') + ' or later.';
		refuse('could not start ' + node + ' (' + error.message + ')' + mend);
	});
	child.on('exit', function (code, signal) {
		if (signal === null) process.exit(code);
		process.removeAllListeners(signal);
		process.kill(process.pid, signal);
	});
}

if (!isNewEnough(process.versions.node)) {
	if (process.env.FLOTILLA_LAUNCHED === undefined && fs.existsSync(beside)) relaunch(beside);
	else
		refuse(
			'Node ' +
				process.versions.node +
				' is too old; ' +
				needed.join('.') +
				' or later is needed. Install it from https://nodejs.org and try again.'
		);
} else if (!fs.existsSync(path.join(root, 'dist', 'cli.js'))) {
	refuse(
		'the program is not built: ' + path.join(root, 'dist') + ' is missing. Run `npm run build` in ' + root + ' first.'
	);
} else {
	require('./start.cjs');
}
