import { z } from 'zod';
import { ErrorCode } from '../../errors.ts';
import { RoomId } from '../../ids.ts';

/** The server has put this socket out of a room; `code` says what to do (see `afterError`). */
export const Closed = z.object({ room: RoomId, code: ErrorCode });
export type Closed = z.infer<typeof Closed>;
