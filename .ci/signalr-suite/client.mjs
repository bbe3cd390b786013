// The official JavaScript client in Node.
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.NODE_PACKAGES}/`);
export const signalR = require('@microsoft/signalr');
export const inBrowsers = require.resolve('@microsoft/signalr').replace(/dist.*/, 'dist/browser/signalr.min.js');

// it throws where nobody can catch it: what it throws it has told its user before
process.on('uncaughtException', (error) => {
  if (!error.stack.includes('@microsoft/signalr')) {
    throw error;
  }
});
