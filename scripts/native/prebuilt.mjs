import https from 'node:https';
import { createRequire } from 'node:module';
import path from 'node:path';
import { lastLine, run } from '../run.mjs';
import { root, tfjsNodeDir } from '../paths.mjs';

const PROBE_MS = 4_000;
const DOWNLOAD_MS = 5 * 60_000;

/** The package's own download host, which it lets people change in the same way. */
function downloadHost() {
  return process.env.TFJS_NODE_CDN_STORAGE ?? process.env.CDN_STORAGE ?? 'https://storage.googleapis.com/';
}

function proxyAgent() {
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy } = process.env;
  const proxy = HTTPS_PROXY ?? https_proxy ?? HTTP_PROXY ?? http_proxy;
  if (!proxy) return undefined;
  const HttpsProxyAgent = createRequire(path.join(tfjsNodeDir, 'package.json'))('https-proxy-agent');
  return new HttpsProxyAgent(proxy);
}

/** Asks the download host for an answer of any kind; a firewall that swallows packets costs 4 s, not minutes. */
function whyUnreachable() {
  return new Promise((resolve) => {
    const request = https.request(downloadHost(), { method: 'HEAD', agent: proxyAgent() }, (response) => {
      response.resume();
      resolve(
        response.statusCode === 403 || response.statusCode >= 500 ? `HTTP ${response.statusCode}` : undefined,
      );
    });
    const timer = setTimeout(() => request.destroy(new Error('no answer')), PROBE_MS);
    request.on('error', (error) => resolve(error.code ?? error.message));
    request.on('close', () => clearTimeout(timer));
    request.end();
  });
}

/**
 * Runs tfjs-node's own install script, which downloads a prebuilt binding and libtensorflow.
 * Answers the reason when it cannot.
 */
export async function whyPrebuiltFails() {
  const unreachable = await whyUnreachable();
  if (unreachable !== undefined) return `${new URL(downloadHost()).host} cannot be reached (${unreachable})`;
  const bin = path.join(root, 'node_modules', '.bin');
  const { status, output } = await run(process.execPath, ['scripts/install.js'], {
    cwd: tfjsNodeDir,
    env: { PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` },
    timeoutMs: DOWNLOAD_MS,
  });
  return status === 0 ? undefined : lastLine(output);
}
