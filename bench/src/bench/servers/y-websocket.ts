/** y-websocket's own server functions on its usual `ws`, in memory, as its command starts them. */
import { createServer } from 'node:http';
import { setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';

const http = createServer((_request, answer) => answer.end('ok'));
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', setupWSConnection);
http.listen(Number(process.env.PORT), '127.0.0.1');
