export class Server {
  constructor(options: { port: number; address: string; quiet: boolean; extensions: unknown[] });
  listen(): Promise<void>;
}
