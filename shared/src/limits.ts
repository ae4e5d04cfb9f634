/**
 * Every size, rate and count that a person or a client can run into, each with its unit in its name
 * and its reason above it. Both sides read them from here, so the client refuses before the server must.
 */

/** One push. A phone on 50 kB/s sends this in about five seconds; a page of text is 4 kB. */
export const MAX_PUSH_BYTES = 262_144;

/** One Socket.io message: a push in base64 plus its envelope. Larger ones look like a network error. */
export const MAX_SOCKET_MESSAGE_BYTES = 400_000;

/** One paste: 25 printed pages. Where its lines are too many for one push, it goes in several. */
export const MAX_PASTE_CHARACTERS = 50_000;

/** A push that inserts and deletes in between may carry this many characters' worth of clock. */
export const MAX_PUSH_CLOCKS = 4_000_000;

/**
 * Structs in one push. A paste of the longest text we take, in lines of sixty characters, has about 4,200; what has
 * more is sent in parts. Many small inserts at one place cost the square of their number, so this also bounds how long one push can take.
 */
export const MAX_PUSH_STRUCTS = 6_000;

/** Distinct writers in one push: a tab that re-joined this often without sending has other trouble. */
export const MAX_PUSH_CLIENTS = 64;

/** Values that one choice had one after another, in one struct of a push: as often as people change their mind. */
export const MAX_PUSH_VALUES = 1_000;

/** Ranges one push may delete, and writers of them, counted together: more than most people select, far below what hurts. */
export const MAX_PUSH_DELETE_RANGES = 20_000;

/** A section's whole state as stored. The longest real paper we replay is 0.5 MB with its history. */
export const MAX_ROOM_BYTES = 8_388_608;

/** Blocks in one section: a 300-page book. */
export const MAX_BLOCKS = 10_000;

/** Rows of one structured field. */
export const MAX_ROWS = 1_000;

/** Depth of a list; deeper is unreadable on a phone. */
export const MAX_INDENT = 5;

/** A link's address; browsers cut near here too. */
export const MAX_HREF_CHARACTERS = 2_000;

/** Rooms in one join request: the sections of the longest document, for two audiences. */
export const MAX_JOIN_ROOMS = 40;

/** Tickets presented for one room: one per join that left words unsent. */
export const MAX_TICKETS = 64;

/** One ticket as text. */
export const MAX_TICKET_CHARACTERS = 600;

/** A state vector: 8 bytes for each of 4,000 writers since the last flattening. Above it, ask for everything. */
export const MAX_STATE_VECTOR_BYTES = 32_768;

/** One cursor as the client sends it. */
export const MAX_CURSOR_BYTES = 1_024;

/**
 * Cursor moves one person may send each second: as often as a room hears of cursors. Of more, only the last is kept,
 * and shown when the room next hears of any.
 */
export const MAX_CURSORS_PER_SECOND = 5;

/** Above this many people in a room, cursors give way to a count. */
export const MAX_PRESENCE_ENTRIES = 100;

/** Pushes one socket may start each second; a client has one in flight, so a human never gets here. */
export const MAX_PUSHES_PER_SECOND = 120;

/** Joins one socket may start each second on average; a client joins each room once a connection. */
export const MAX_JOINS_PER_SECOND = 20;

/**
 * Processor time that one socket's pushes and joins may take, in ms for each second, and saved up. Some updates
 * cost far more than their size; whoever sends them waits until the others have had their turn.
 */
export const MAX_WORK_MS_PER_SECOND = 250;
export const MAX_WORK_SAVED_MS = 1_000;

/** Of that, what each character of a join's answer counts: 6 MB took 2 s to be written out as base64 and JSON. */
export const JOIN_MS_PER_CHARACTER = 1 / 4_000;

/**
 * Of that, what a refused push counts at least: the copy that pushes are tried on is made anew after it. A full
 * section takes longer, a usual one less; forty refusals in a row are as much as may be saved up.
 */
export const REFUSED_PUSH_MS = 25;

/**
 * Joins that one node looks up and reads at once; the others wait their turn. Each takes a database connection for two
 * short questions: fewer than there are connections, so that nobody's typing waits while a whole town reconnects.
 */
export const MAX_JOINS_AT_ONCE = 6;

/** Messages that may wait for a slow reader before it is sent away to catch up later, which costs less memory. */
export const MAX_UNREAD_MESSAGES = 1_000;

/**
 * The same in bytes: what a phone on 50 kB/s reads in 40 s, behind what is on its way already. Fewer and a full
 * section that somebody pastes into would send everybody with a weak network away; more, and a few who read nothing
 * would fill the server's memory. Answers to what a reader asked for do not count: a phone that opens a full section
 * has five times as much to read. Of joins, the next is begun only when the answer before is on its way.
 */
export const MAX_UNREAD_BYTES = 2_097_152;

/** Join requests of one connection that may wait for that: the rooms of the longest document, four a request. */
export const MAX_JOINS_WAITING = 10;

/** A name that a person or a circle chose. */
export const MAX_NAME_CHARACTERS = 60;

/** The title of a partnership. */
export const MAX_TITLE_CHARACTERS = 120;

/** Circles in one partnership; product.md speaks of 8 to 40 people. */
export const MAX_CIRCLES = 12;

/** People one code may let to the door: a full workshop and its helpers. */
export const MAX_CODE_USES = 200;

/** Table cards in one file: as many as people one code may let to the door, on 25 sheets. */
export const MAX_TABLE_CARDS = 200;

/** Days that a code lives at most. */
export const MAX_CODE_DAYS = 30;

/** Wrong codes one device may try in ten minutes; right ones are never counted. */
export const MAX_WRONG_CODES = 10;

/**
 * Wrong codes the whole server takes in ten minutes before it asks everyone to wait. Codes have 40 bits: with 200
 * of them alive, this many guesses find one once in 280,000 tries of ten minutes. Lower, and a few guesses a
 * second would keep a workshop from its door.
 */
export const MAX_WRONG_CODES_SERVER = 20_000;

/**
 * Devices without anything on them that the whole server takes in, as anybody can ask for one: this many at once, and
 * then this many a second. By no address: a whole workshop may be behind one. At once, ten full workshops. Whoever
 * joins with a code needs none beforehand, so a flood keeps nobody from a table; new tables have to wait. One is
 * forgotten after its second day at the latest, so never more than 1.8 million small rows.
 */
export const NEW_DEVICES_AT_ONCE = 2_000;
export const NEW_DEVICES_PER_SECOND = 10;

/** Figures in a PIN, as in the lock of a phone: what people already know by heart how to do. */
export const MIN_PIN_FIGURES = 4;
export const MAX_PIN_FIGURES = 6;

/** People on one phone. More pass it round too slowly for anybody to write. */
export const MAX_PEOPLE_ON_PHONE = 8;

/** Wrong PINs in a row before one phone asks its people to wait. */
export const MAX_WRONG_PINS = 5;

/** What somebody types to come back: five words with their spaces, or a card's code. */
export const MAX_RETURN_CHARACTERS = 200;

/** A JSON body over HTTP; words travel over the socket, not here. */
export const MAX_BODY_BYTES = 65_536;

/** A support person's name and how to reach them: a telephone number and a sentence. */
export const MAX_SUPPORT_CHARACTERS = 300;

/** Why a circle has a worry or cannot: a page, read aloud in two minutes. */
export const MAX_REASON_CHARACTERS = 2_000;

/** One answer of an organisation about itself: a few sentences, read by every circle. */
export const MAX_STATEMENT_CHARACTERS = 1_000;

/** Months until what was agreed is looked at again: a plan that nobody looks at for longer is nobody's. */
export const MAX_REVIEW_MONTHS = 12;

/** One note in a round, a question, reaction or suggestion: a paragraph, read aloud in a minute. */
export const MAX_NOTE_CHARACTERS = 1_000;

/** Notes on one section of a round: five for each of forty people. */
export const MAX_NOTES_PER_SECTION = 200;

/** The one line that says what came of a note. */
export const MAX_NOTE_LINE_CHARACTERS = 300;

/**
 * Times a circle may take shared words of one section back, so that quotes of them leave a gap. Each is remembered for
 * good by its id, and every page that asks where things stand has them read; nobody changes their mind as often. It is
 * sharing that is refused past it, never taking back.
 */
export const MAX_TAKEN_BACK_PER_SECTION = 20;

/**
 * Between the last yes to founding a circle anew and the look whether anybody is left in it. Long enough that its
 * members see the question on their pages and say that they are here; short enough that the evening goes on.
 */
export const ANEW_WAIT_MINUTES = 15;
