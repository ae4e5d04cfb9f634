import { MAX_NOTE_LINE_CHARACTERS } from '@longtable/shared/limits';
import type { NoteMark } from '@longtable/shared/protocol/http/notes';
import { useEffect, useId, useRef, useState } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Radio } from '../../ui/choice.tsx';
import { TextInput } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';

const WAYS = ['answered', 'taken', 'notNow'] as const satisfies NoteMark['as'][];

export interface MarkDraft {
  way: NoteMark['as'];
  line: string;
}

export interface NoteMarkFormProps {
  draft: MarkDraft;
  onDraft: (draft: MarkDraft) => void;
  onMark: (mark: NoteMark) => Promise<void>;
  onClose: () => void;
}

/** What came of a note, in one line. */
export function NoteMarkForm({ draft: { way, line }, onDraft, onMark, onClose }: NoteMarkFormProps) {
  const t = useText();
  const group = useId();
  const first = useRef<HTMLInputElement>(null);
  const [isTried, setTried] = useState(false);
  const marking = useAction(onMark);
  const isMissing = way === 'notNow' && line.trim() === '';
  useEffect(() => first.current?.focus(), []);

  return (
    <Form
      className="note-ask"
      onSubmit={() => {
        setTried(true);
        if (!isMissing) void marking.run({ as: way, line: line.trim() || null });
      }}
    >
      <fieldset className="note-choices">
        <legend>{t('notes.markIt')}</legend>
        {WAYS.map((each) => (
          <Radio
            key={each}
            ref={each === 'answered' ? first : undefined}
            group={group}
            label={each === 'notNow' ? t('notes.notNowBecause') : t(`notes.mark.${each}`)}
            isChecked={way === each}
            onChoose={() => onDraft({ way: each, line })}
          />
        ))}
      </fieldset>
      <TextInput
        label={t('notes.line')}
        value={line}
        onChange={(typed) => onDraft({ way, line: typed })}
        maxLength={MAX_NOTE_LINE_CHARACTERS}
        error={isTried && isMissing ? t('notes.lineMissing') : null}
      />
      {marking.error && (
        <Notice tone="stop" isUrgent>
          <p>{t(`error.${marking.error}`)}</p>
          <p>{t('notes.stillHere')}</p>
        </Notice>
      )}
      <div className="button-row">
        <Button type="submit" isBusy={marking.isBusy}>
          {t('notes.keep')}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('notes.leave')}
        </Button>
      </div>
    </Form>
  );
}
