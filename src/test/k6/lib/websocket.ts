/** k6's WebSocket as k6 1.8 has it; @types/k6 lacks a part. */
import { WebSocket as Untyped } from 'k6/websockets';
import type { Params } from 'k6/websockets';

export interface Socket {
  readonly protocol: string;
  readonly extensions: string[];
  binaryType: string;
  onopen: () => void;
  onmessage: (event: { data: unknown }) => void;
  onping: () => void;
  onpong: () => void;
  onerror: (event: { error: string }) => void;
  /** Without a code: the handshake failed, or the connection was reset. */
  onclose: (event: { code?: number; reason: string }) => void;
  send(data: string | ArrayBuffer): void;
  ping(): void;
  close(code: number, reason?: string): void;
}

export const WebSocket = Untyped as unknown as new (url: string, protocols?: string[] | null, params?: Params) => Socket;
