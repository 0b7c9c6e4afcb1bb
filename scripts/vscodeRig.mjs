// A real VS Code to test in: `test/vscode` and `npm run code` take everything from here.
export { installRig, rigDir, rigNode } from './vscode/installRig.mjs';
export { ensureChromium, launchChromium } from './vscode/chromium.mjs';
export { installVsix, startCodeServer, writeSettings } from './vscode/codeServer.mjs';
