/** The limit of our transport: Socket.io as it comes, with binary attachments. No document, no store. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer((_request, answer) => answer.end('ok'));
new Server(http, { perMessageDeflate: false }).on('connection', (socket) => {
  const room = String(socket.handshake.query.room);
  void socket.join(room);
  socket.on('frame', (bytes: Buffer) => socket.to(room).emit('frame', bytes));
});
http.listen(Number(process.env.PORT), '127.0.0.1');
