// The development server: the sources as they are, and /api from the api that Aspire names.
import { createServer, request } from 'node:http';
import { readFile } from 'node:fs/promises';

const api = process.env.services__api__http__0;
const files = { '/': ['src/index.html', 'text/html'], '/main.js': ['src/main.js', 'text/javascript'] };

createServer(async (incoming, answer) => {
  if (incoming.url.startsWith('/api/')) {
    const target = new URL(incoming.url, api);
    const outgoing = request(target, { method: incoming.method, headers: { ...incoming.headers, host: target.host } },
      answered => { answer.writeHead(answered.statusCode, answered.headers); answered.pipe(answer); });
    outgoing.on('error', () => answer.writeHead(502).end());
    incoming.pipe(outgoing);
    return;
  }

  const [file, type] = files[incoming.url] ?? [];
  if (file === undefined) {
    answer.writeHead(404).end();
    return;
  }

  answer.writeHead(200, { 'Content-Type': type }).end(await readFile(file));
}).listen(process.env.PORT, '127.0.0.1');
