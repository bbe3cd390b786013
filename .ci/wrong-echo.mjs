// A WebSocket server that answers wrongly: it flips a bit of the last byte of what it
// echoes. `node wrong-echo.mjs PORT`, for the proof that a check can fail.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const server = createServer();
server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1')
    .update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11')
    .digest('base64');
  const [subprotocol] = request.headers['sec-websocket-protocol'].split(',');
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: ${subprotocol}\r\n\r\n`);
  let bytes = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (let frame; (frame = take()); ) {
      socket.write(frame);
    }
  });

  function take() {
    const short = bytes[1] & 0x7f;
    const more = short === 126 ? 2 : short === 127 ? 8 : 0;
    if (bytes.length < 6 + more) {
      return null;
    }
    const length = more === 0 ? short : more === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    const start = 6 + more;
    if (bytes.length < start + length) {
      return null;
    }
    const payload = bytes.subarray(start, start + length).map((byte, i) => byte ^ bytes[start - 4 + (i & 3)]);
    if (length > 0) {
      payload[length - 1] ^= 1;
    }
    const head = Buffer.concat([bytes.subarray(0, 1), Buffer.from([short]), bytes.subarray(2, 2 + more)]);
    bytes = bytes.subarray(start + length);
    return Buffer.concat([head, payload]);
  }
});
server.listen(Number(process.argv[2]), '127.0.0.1');
