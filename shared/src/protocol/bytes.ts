import { z } from 'zod';

/** Bytes as standard base64 text. Text keeps a message in one frame; binary attachments cost a second one. */
export const base64 = (maxBytes: number) => z.base64().max(Math.ceil(maxBytes / 3) * 4);
