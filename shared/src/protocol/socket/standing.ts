import { z } from 'zod';
import { DocumentId } from '../../ids.ts';

/**
 * Where sections of a document stand has changed: a round opened, moved, showed its answers or ended. To
 * members of a circle also: their own circle's answer changed. Says no more; ask over HTTP.
 */
export const StandingChanged = z.object({ documentId: DocumentId });
export type StandingChanged = z.infer<typeof StandingChanged>;
