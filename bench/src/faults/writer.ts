import { canonicalText } from '@longtable/shared/documents/canonical-bytes';
import { BLOCK_NODE, textFragment } from '@longtable/shared/documents/model/keys';
import { readSection } from '@longtable/shared/documents/model/read-section';
import type { RoomId } from '@longtable/shared/ids';
import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { connectTable } from '../../../client/src/rooms/connection.ts';
import { readText } from '../replay/block-text.ts';
import { type Person, placeSection } from '../replay/table.ts';
import type { Ledger } from './ledger.ts';
import { createTransport, type Mischief } from './mischief.ts';
import type { Random } from './random.ts';
import { wordOf, WordPlaces, wordPlaces } from './words.ts';

/** From here on a writer takes out as much as it puts in, so that long runs stay about the same. */
const MANY_WORDS = 250;
const PARAGRAPHS = 3;
const TAKE_OUT_CHANCE = 0.1;

/** The client that people use, without a screen, and a pair of hands that keep writing down what they do. */
export interface Writer {
  readonly name: string;
  readonly person: Person;
  /** Replaced where the room was rewritten and that is expected. */
  readonly doc: Y.Doc;
  /** Puts one word in or takes one out, wherever it likes; says whether the page would have let it. */
  edit(): boolean;
  readonly isReady: boolean;
  readonly isSaved: boolean;
  /** Pushes that were acknowledged to it since it came. */
  readonly acknowledgements: number;
  /** Its seat is given up: whatever its hands do from now on must not be there. */
  forbidFromNow(): void;
  /** What a person would be shown as trouble, or null. */
  trouble(): string | null;
  /** What this page has, in a form in which two that agree are equal. */
  state(): { content: string; stateVector: string; text: string; isWhole: boolean };
  close(): void;
}

export interface WriterOptions {
  url: string;
  person: Person;
  room: RoomId;
  /** Its number, by which its words are known. */
  number: number;
  ledger: Ledger;
  mischief: Readonly<Mischief>;
  random: Random;
  /** The room is rewritten or closed on the way: words that were not acknowledged may then be handed back. */
  isRewritten: boolean;
}

/** With which words come back from a room that was rewritten, or was closed while they were on their way. */
const GIVEN_BACK: readonly string[] = ['lineageChanged', 'readOnly'];

export function connectWriter(options: WriterOptions): Writer {
  const { url, person, room: roomId, number, ledger, random } = options;
  const name = `writer ${number}`;
  let acknowledgements = 0;
  let isForbidden = false;
  // A room that is rewritten gives the same ids to other words: each document has its own.
  let places: WordPlaces;
  const pushed = (update: Uint8Array) => {
    const at = places;
    return () => {
      acknowledgements += 1;
      ledger.acknowledged(update, at);
    };
  };
  const transport = createTransport({ pushed }, options.mischief, random);
  const connection = connectTable({
    seat: person.seatId,
    url,
    options: { transports: [transport], extraHeaders: { cookie: person.cookie } },
  });
  const room = connection.openRoom(roomId);
  let written = 0;
  const listenTo = (of: Y.Doc): Y.Doc => {
    const own = (places = new WordPlaces());
    of.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) {
        ledger.wrote(name, update, own);
        if (isForbidden) ledger.forbid(update);
      } else ledger.received(name, update, own);
    });
    return of;
  };
  let doc = listenTo(room.doc);
  if (options.isRewritten)
    room.subscribe(() => {
      if (room.doc !== doc) doc = listenTo(room.doc);
      // The person has read them.
      if (GIVEN_BACK.includes(room.getView().refused?.code ?? '')) room.dismissRefused();
    });

  const paragraphs = (): Y.XmlText[] =>
    textFragment(doc)
      .toArray()
      .flatMap((block) => (block instanceof Y.XmlElement ? block.toArray() : []))
      .filter((node): node is Y.XmlText => node instanceof Y.XmlText);

  return {
    name,
    person,
    get doc() {
      return doc;
    },
    edit() {
      const { isReady, canWrite } = room.getView();
      if (!isReady || !canWrite || room.doc !== doc) return false;
      const texts = paragraphs();
      if (texts.length < PARAGRAPHS) {
        doc.transact(() => addParagraph(doc, wordOf(number, ++written)));
        return true;
      }
      const text = random.pick(texts);
      const places = wordPlaces(text.toString());
      const isTakingOut =
        places.length > 0 && random.chance(places.length > MANY_WORDS / PARAGRAPHS ? 0.5 : TAKE_OUT_CHANCE);
      if (isTakingOut) {
        const { word, at } = random.pick(places);
        text.delete(at, word.length);
      } else {
        const place = places.length > 0 ? random.pick(places) : { at: 0, word: '' };
        text.insert(random.chance(0.5) ? place.at : place.at + place.word.length, wordOf(number, ++written));
      }
      return true;
    },
    get isReady() {
      const { isReady, canWrite } = room.getView();
      return isReady && canWrite;
    },
    get isSaved() {
      return room.getView().saved === 'saved';
    },
    get acknowledgements() {
      return acknowledgements;
    },
    forbidFromNow: () => void (isForbidden = true),
    trouble() {
      const { refused, closed } = room.getView();
      if (refused) return `${name}: the server refused its words (${refused.code})`;
      if (closed) return `${name}: was put out of the room (${closed})`;
      if (room.doc !== doc) return `${name}: had to start again with an empty document`;
      const { state } = connection.getView();
      return state === 'signedOut' || state === 'oldClient' ? `${name}: was not let in (${state})` : null;
    },
    state: () => ({
      content: canonicalText(readSection(doc, placeSection(), 'partnership')),
      stateVector: toBase64(Y.encodeStateVector(doc)),
      text: readText(doc),
      isWhole: doc.store.pendingStructs === null && doc.store.pendingDs === null,
    }),
    close: () => connection.close(),
  };
}

function addParagraph(doc: Y.Doc, words: string): void {
  const block = new Y.XmlElement(BLOCK_NODE);
  block.insert(0, [new Y.XmlText(words)]);
  textFragment(doc).push([block]);
}
