import { LEAVE } from './page-events.ts';

/** Browsers list their voices a moment after they are first asked. */
const VOICES_TIMEOUT_MS = 1_000;

export type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService'>;

/**
 * A voice for this language that speaks on the device itself. Any other one sends the words to somebody's
 * server first, so where there is none, nothing is read.
 */
export function localVoice<V extends Voice>(voices: readonly V[], language: string): V | null {
  const speaks = new RegExp(`^${language}([-_]|$)`, 'i');
  return voices.find(({ lang, localService }) => localService === true && speaks.test(lang)) ?? null;
}

async function findVoice(synthesis: SpeechSynthesis, language: string): Promise<SpeechSynthesisVoice | null> {
  if (synthesis.getVoices().length === 0) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, VOICES_TIMEOUT_MS);
      function done() {
        clearTimeout(timer);
        synthesis.removeEventListener?.('voiceschanged', done);
        resolve();
      }
      synthesis.addEventListener?.('voiceschanged', done);
    });
  }
  return localVoice(synthesis.getVoices(), language);
}

export interface Reading {
  /** Speaks no further, at once. */
  stop: () => void;
}

export interface ReadAloudEnds {
  /** All was read, or the device gave up. */
  onEnd: () => void;
  /** No voice of this language lives on the device; nothing was read. */
  onNoVoice: () => void;
}

/** Reads lines one after the other. Stops by itself when the page is hidden, left or taken off screen. */
export function readAloud(
  lines: readonly string[],
  language: string,
  { onEnd, onNoVoice }: ReadAloudEnds,
): Reading {
  const synthesis = (window as { speechSynthesis?: SpeechSynthesis }).speechSynthesis;
  let isOver = false;

  const end = (tell: () => void) => {
    if (isOver) return;
    isOver = true;
    document.removeEventListener('visibilitychange', onHidden);
    window.removeEventListener('pagehide', stop);
    window.removeEventListener(LEAVE, stop);
    tell();
  };
  function stop() {
    synthesis?.cancel();
    end(onEnd);
  }
  function onHidden() {
    if (document.hidden) stop();
  }
  document.addEventListener('visibilitychange', onHidden);
  window.addEventListener('pagehide', stop);
  window.addEventListener(LEAVE, stop);

  const begin = async () => {
    const voice = synthesis && (await findVoice(synthesis, language));
    if (isOver) return;
    if (!synthesis || !voice) return end(onNoVoice);
    synthesis.cancel();
    lines.forEach((line, index) => {
      const utterance = new SpeechSynthesisUtterance(line);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      if (index === lines.length - 1) utterance.onend = () => end(onEnd);
      utterance.onerror = () => end(onEnd);
      synthesis.speak(utterance);
    });
  };
  void begin();
  return { stop };
}
