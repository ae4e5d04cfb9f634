/** A lower limit: frames go to everyone else in the room. No document, no store, no membership. */
import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

const rooms = new Map<string, Set<WebSocket>>();
const http = createServer((_request, answer) => answer.end('ok'));
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket, { url = '/' }) => {
  const room = rooms.get(url) ?? new Set();
  rooms.set(url, room.add(socket));
  socket.on('message', (data, isBinary) => {
    for (const other of room) if (other !== socket) other.send(data, { binary: isBinary });
  });
  socket.on('close', () => room.delete(socket));
});
http.listen(Number(process.env.PORT), '127.0.0.1');
