export class Database {
  constructor(options: {
    fetch(of: { documentName: string }): Promise<Uint8Array | null>;
    store(of: { documentName: string; state: Uint8Array }): Promise<void>;
  });
}
