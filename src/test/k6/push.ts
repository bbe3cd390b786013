// k6 run -e WSECHO_URL=ws://localhost:1901/websocket/push src/test/k6/push.ts
//
// Opens sessions in which the server sends, and checks each message: its number has no gap
// before it, and with those that it says were late it is on time. Any fault fails the run.
import { WebSocket } from 'k6/websockets';
import { Counter } from 'k6/metrics';

const url = __ENV.WSECHO_URL || 'ws://localhost:1901/websocket/push';
const sessions = 20;
const every = 20; // milliseconds
const count = 50;
const patience = 10_000; // milliseconds that a session may take
const tolerance = 500; // milliseconds that a message may stray

const pushed = new Counter('pushed_right');
const late = new Counter('pushed_late');
const faults = new Counter('faults');
const closes = new Counter('sessions_closed');

export const options = {
  vus: 2,
  iterations: sessions,
  thresholds: {
    pushed_right: [`count==${sessions * count}`],
    sessions_closed: [`count==${sessions}`],
    faults: ['count==0'],
  },
};

export default function () {
  const socket = new WebSocket(`${url}?every=${every}ms&count=${count}`);
  let received = 0;
  let beats = 0; // since the first message, with those that are left out
  let began = 0;
  let done = false;
  const timer = setTimeout(() => fault('no end in time'), patience);

  function fault(what: string) {
    if (!done) {
      done = true;
      clearTimeout(timer);
      faults.add(1);
      console.error(`${what}, after ${received} of ${count} messages`);
      socket.close();
    }
  }

  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data as string);
    const time = Date.parse(message.time);
    if (received === 0) {
      began = time;
    } else {
      beats += 1 + message.late;
    }
    if (message.number !== received + 1) {
      fault(`number ${message.number}`);
    } else if (Math.abs(time - began - beats * every) > tolerance) {
      fault(`${time - began} ms for ${beats} times ${every}`);
    } else {
      received++;
      pushed.add(1);
      late.add(message.late);
    }
  };
  socket.onerror = ({ error }) => fault(`error: ${error}`);
  socket.onclose = ({ code }) => {
    if (received < count || code !== 1000) {
      fault(`closed with ${code}`);
    } else if (!done) {
      done = true;
      clearTimeout(timer);
      closes.add(1);
    }
  };
}
