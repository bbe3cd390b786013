'use strict';

const address = new URL('websocket', location.href.replace(/^http/, 'ws'));
const exchange = document.getElementById('exchange');
const again = document.getElementById('again');

function show(text, kind) {
  const line = document.createElement('li');
  line.className = kind;
  line.textContent = text;
  exchange.append(line);
}

function run() {
  exchange.replaceChildren();
  again.disabled = true;
  const socket = new WebSocket(address, ['echo', 'chat']);

  socket.onopen = () => {
    show(`CONNECTED (subprotocol: ${socket.protocol || 'none'})`, 'state');
    const message = 'WebSocket rocks';
    socket.send(message);
    show(`SENT: ${message}`, 'sent');
  };
  socket.onmessage = ({ data }) => {
    show(`RESPONSE: ${data}`, 'response');
    socket.close(1000, 'done');
  };
  // a browser keeps the reason from the page, so that a page cannot probe a network
  socket.onerror = () => show(`ERROR: no WebSocket with ${address}; the browser's console says more`, 'error');
  socket.onclose = ({ code, reason }) => {
    show(`DISCONNECTED (${[code, reason].join(' ').trim()})`, 'state');
    again.disabled = false;
  };
}

document.getElementById('address').textContent = address;
again.onclick = run;
run();
