/** A server that keeps what is posted to it and answers as a test wants. */
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface WebhookServer {
  readonly url: string;
  readonly posts: { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string }[];
  answer(with_: { readonly status: number; readonly location?: string; readonly text?: string }): void;
  close(): Promise<void>;
}

export async function openWebhook(): Promise<WebhookServer> {
  const posts: WebhookServer['posts'] = [];
  let answer: Parameters<WebhookServer['answer']>[0] = { status: 204 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posts.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location });
      response.end(answer.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    posts,
    answer: (next) => (answer = next),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
