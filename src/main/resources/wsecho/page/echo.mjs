import { byId, element, enable, whenEnabled } from './dom.mjs';

const MESSAGE = 'WebSocket rocks';

/**
 * One message, echoed in fragments of 6 bytes; then the server closes.
 * @param {URL} base
 */
export function prepareEcho(base) {
  const address = new URL('websocket?messages=1&fragment=6', base);
  address.protocol = base.protocol.replace('http', 'ws');
  byId('address').textContent = address.href;
  const again = byId('again');
  again.onclick = () => whenEnabled(again, () => run(address));
  run(address);
}

/**
 * @param {string} text
 * @param {string} kind
 */
function show(text, kind) {
  byId('exchange').append(element('li', { class: kind }, text));
}

/** @param {URL} address */
function run(address) {
  byId('exchange').replaceChildren();
  enable(byId('again'), false);
  const socket = new WebSocket(address, ['echo', 'chat']);

  socket.onopen = () => {
    show(`CONNECTED (subprotocol: ${socket.protocol || 'none'})`, 'state');
    socket.send(MESSAGE);
    show(`SENT: ${MESSAGE}`, 'sent');
  };
  socket.onmessage = ({ data }) => show(`RESPONSE: ${data}`, 'response');
  // a browser keeps the cause from the page, so that no page can probe a network
  socket.onerror = () => show('ERROR: the connection failed; the path check below finds out why', 'error');
  socket.onclose = ({ code, reason, wasClean }) => {
    const close = [code, reason].join(' ').trim();
    show(`DISCONNECTED (${close}, ${wasClean ? 'clean' : 'not clean'})`, wasClean ? 'state' : 'error');
    enable(byId('again'), true);
  };
}
