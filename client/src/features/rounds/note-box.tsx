import { NoteId, type SeatId } from '@longtable/shared/ids';
import { MAX_NOTE_CHARACTERS } from '@longtable/shared/limits';
import { NoteAttribution, type PutNote } from '@longtable/shared/protocol/http/notes';
import type { NoteKind } from '@longtable/shared/rounds/notes';
import { useCallback, useId, useRef, useState } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Radio } from '../../ui/choice.tsx';
import { Form } from '../../ui/form.tsx';
import { LongText } from '../../ui/long-text.tsx';
import { Notice } from '../../ui/notice.tsx';
import { keepToken, newToken } from './note-tokens.ts';

export interface NoteBoxProps {
  seat: SeatId;
  /** What may be put now. Empty while notes are closed: words that were typed stay in the box all the same. */
  open: readonly NoteKind[];
  /** What outsiders call the own circle. */
  circleName: string;
  text: string;
  onType: (text: string) => void;
  onPut: (note: PutNote) => Promise<void>;
}

/** Writes one note. What is typed leaves the box only once it is on the table. */
export function NoteBox({ seat, open, circleName, text, onType, onPut }: NoteBoxProps) {
  const t = useText();
  const group = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const [wanted, setWanted] = useState<NoteKind | null>(null);
  const [attribution, setAttribution] = useState<NoteAttribution>('none');
  const [isPut, setPut] = useState(false);
  /** Kept until it is taken: the same again after a lost answer must not be put twice. */
  const pending = useRef<PutNote | null>(null);
  const kind = wanted !== null && open.includes(wanted) ? wanted : (open[0] ?? null);

  const putting = useAction(
    useCallback(
      async (note: Omit<PutNote, 'id' | 'takeBack'>) => {
        const before = pending.current;
        const sent: PutNote =
          before?.kind === note.kind && before.text === note.text && before.attribution === note.attribution
            ? before
            : { ...note, id: NoteId.parse(crypto.randomUUID()), takeBack: newToken() };
        pending.current = sent;
        keepToken(seat, sent.id, sent.takeBack);
        await onPut(sent);
        pending.current = null;
        onType('');
        setAttribution('none');
        setPut(true);
        box.current?.focus();
      },
      [onPut, onType, seat],
    ),
  );

  if (kind === null && text === '') return null;
  return (
    <Form
      className="note-box"
      onSubmit={() => {
        if (kind !== null && text.trim() !== '') void putting.run({ kind, text: text.trim(), attribution });
      }}
    >
      {open.length > 1 && (
        <fieldset className="note-choices">
          <legend>{t('notes.chooseKind')}</legend>
          {open.map((each) => (
            <Radio
              key={each}
              group={`${group}-kind`}
              label={t(`notes.kind.${each}`)}
              isChecked={kind === each}
              onChoose={() => setWanted(each)}
            />
          ))}
        </fieldset>
      )}
      <LongText
        label={t(`notes.box.${kind ?? 'suggestion'}`)}
        ref={box}
        value={text}
        maxLength={MAX_NOTE_CHARACTERS}
        isReadOnly={putting.isBusy}
        onChange={(typed) => {
          setPut(false);
          onType(typed);
        }}
      />
      {kind === null ? (
        <Notice tone="warn" isUrgent>
          {t('notes.closedOnYou')}
        </Notice>
      ) : (
        <>
          <fieldset className="note-choices">
            <legend>{t('notes.whose')}</legend>
            {NoteAttribution.options.map((each) => (
              <Radio
                key={each}
                group={`${group}-whose`}
                label={each === 'none' ? t('notes.nobodys') : t('notes.ours', { circle: circleName })}
                isChecked={attribution === each}
                onChoose={() => setAttribution(each)}
              />
            ))}
          </fieldset>
          <p className="soft small">
            {attribution === 'none' ? t('notes.takeBackNobodys') : t('notes.takeBackOurs')}
          </p>
          {putting.error && (
            <Notice tone="stop" isUrgent>
              <p>{t(`error.${putting.error}`)}</p>
              <p>{t('notes.stillHere')}</p>
            </Notice>
          )}
          <div className="button-row">
            <Button type="submit" isBusy={putting.isBusy} aria-disabled={text.trim() === ''}>
              {t('notes.put')}
            </Button>
            <span role="status" className="small">
              {isPut && t('notes.isPut')}
            </span>
          </div>
        </>
      )}
    </Form>
  );
}
