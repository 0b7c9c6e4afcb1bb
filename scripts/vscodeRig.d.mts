import type { Browser } from 'playwright-core';

/** Where the rig lives: .cache/vscode-rig. */
export declare const rigDir: string;
/** The Node of today's VS Code (24). */
export declare const rigNode: string;
/** Installs code-server and Node 24 into `rigDir`; does nothing when they are there. */
export declare function installRig(): Promise<void>;
/** The path of a Chromium; installs Debian's where there is none and we may. */
export declare function ensureChromium(): Promise<string>;
/** Starts a headless Chromium. */
export declare function launchChromium(): Promise<Browser>;

export interface CodeServerOptions {
  /** Folder for user data, extensions and settings; made when missing. */
  readonly profile: string;
  /** The folder to open. */
  readonly folder: string;
  /** A packed extension to install first. */
  readonly vsix?: string;
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Further arguments of code-server. */
  readonly args?: readonly string[];
}

export interface CodeServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Opens the folder. */
  readonly url: string;
  /** All that the server printed. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts VS Code in the browser on 127.0.0.1 and resolves once it accepts connections. */
export declare function startCodeServer(options: CodeServerOptions): Promise<CodeServer>;
/** Installs a packed extension into a profile. */
export declare function installVsix(profile: string, vsix: string): Promise<void>;
/** Writes the user settings of a profile: the quiet ones, and on top what the caller wants. */
export declare function writeSettings(profile: string, settings?: Readonly<Record<string, unknown>>): void;
