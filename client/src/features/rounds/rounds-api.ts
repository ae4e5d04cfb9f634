import type { CircleId, DocumentId, RoundId, SeatId } from '@longtable/shared/ids';
import { SectionDifference } from '@longtable/shared/protocol/http/difference';
import {
  type Answer,
  OpenedRound,
  type OpenRound,
  PinnedVersion,
  RoundList,
  RoundView,
  Rule,
} from '@longtable/shared/protocol/http/rounds';
import type { Phase } from '@longtable/shared/rounds/round';
import { request, send } from '../../lib/http.ts';

export const fetchRounds = (seat: SeatId, documentId: DocumentId) =>
  request(RoundList, `/api/documents/${documentId}/rounds`, { seat });

export const fetchRound = (seat: SeatId, roundId: RoundId) =>
  request(RoundView, `/api/rounds/${roundId}`, { seat });

export const fetchVersion = (seat: SeatId, roundId: RoundId, section: string) =>
  request(PinnedVersion, `/api/rounds/${roundId}/sections/${section}/version`, { seat });

export const fetchDifference = (seat: SeatId, documentId: DocumentId, section: string) =>
  request(SectionDifference, `/api/documents/${documentId}/sections/${section}/difference`, { seat });

export const openRound = async (seat: SeatId, documentId: DocumentId, body: OpenRound) =>
  (await request(OpenedRound, `/api/documents/${documentId}/rounds`, { method: 'POST', body, seat })).roundId;

export const moveRound = async (seat: SeatId, roundId: RoundId, phase: Phase) => {
  await send(`/api/rounds/${roundId}/phase`, { method: 'POST', body: { phase }, seat });
};

export const closeRound = async (seat: SeatId, roundId: RoundId) => {
  await send(`/api/rounds/${roundId}/close`, { method: 'POST', seat });
};

/** What can be done to one section of a round, with nothing more to say. */
export const actOnSection = async (
  seat: SeatId,
  roundId: RoundId,
  section: string,
  act: 'reveal' | 'repin' | 'release' | 'withdraw',
) => {
  await send(`/api/rounds/${roundId}/sections/${section}/${act}`, { method: 'POST', seat });
};

export const giveAnswer = async (seat: SeatId, roundId: RoundId, section: string, body: Answer) => {
  await send(`/api/rounds/${roundId}/sections/${section}/answer`, { method: 'POST', body, seat });
};

export const fetchRule = (seat: SeatId, circleId: CircleId) =>
  request(Rule, `/api/circles/${circleId}/rule`, { seat });

export const chooseRule = async (seat: SeatId, circleId: CircleId, body: Rule) => {
  await send(`/api/circles/${circleId}/rule`, { method: 'POST', body, seat });
};
