import { z } from 'zod';
import { RoundId } from '../../ids.ts';
import { SectionKey } from '../http/heard.ts';

/** A note beside the words of a section was put, marked or taken back. Says neither which nor whose; ask over HTTP. */
export const NotesChanged = z.object({ roundId: RoundId, section: SectionKey });
export type NotesChanged = z.infer<typeof NotesChanged>;
